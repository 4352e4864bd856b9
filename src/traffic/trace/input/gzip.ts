import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** One or more gzip members, one after another. Inflated by a thread of the pool while lines are parsed. */
export function gunzip(input: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const inflate = createGunzip({ chunkSize: 1 << 18 });
  // An error of either side destroys the other and is thrown to whoever reads; the callback has nothing to add.
  pipeline(Readable.from(input, { objectMode: false }), inflate, () => {});
  return inflate;
}
