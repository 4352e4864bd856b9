import { UsageError } from '../../../errors.ts';
import type { Skip } from '../account.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';

const idBytes = 4;

/** Big-endian 32-bit ids, one a request, in order and without times (traces of the cache2k benchmarks). */
class IdLines implements TraceParser {
  readonly unit = idBytes;
  readonly title = ids.title;
  readonly hasDurations = false;
  readonly exact = true;
  readonly #stepUs: number;
  #ordinal = 0;
  #name = Buffer.alloc(0);

  constructor(private readonly context: FormatContext) {
    this.#stepUs = 1e6 / (context.options.ratePerSecond ?? 1);
  }

  notes(): readonly string[] {
    return [
      `the trace has no times: its ids are replayed in order at ${this.context.options.ratePerSecond} a second`,
    ];
  }

  line(buf: Buffer, from: number): Skip | undefined {
    this.#name = Buffer.from(String(buf.readUInt32BE(from)));
    return this.context.sink.add(
      Math.floor(this.#ordinal++ * this.#stepUs),
      this.#name,
      0,
      this.#name.length,
      1,
      0,
    );
  }
}

/** Small numbers in four bytes each: the first byte of nearly all is 0, their last bytes differ. */
function looksLikeIds(bytes: Buffer): boolean {
  const words = Math.floor(bytes.length / idBytes);
  if (words < 16) return false;
  let small = 0;
  const last = new Set<number>();
  for (let word = 0; word < words; word++) {
    if (bytes[word * idBytes] === 0) small++;
    last.add(bytes[word * idBytes + 3]);
  }
  return small >= words * 0.99 && last.size > 8;
}

export const ids: TraceFormat = {
  name: 'cache2k',
  binary: true,
  title: 'binary ids (cache2k)',
  about: 'Big-endian 32-bit ids without times; needs a rate to be replayed at',
  defaults: { time: 'none: --rate', key: 'the id' },
  open(context) {
    if (context.options.format !== ids.name && !looksLikeIds(context.sample.bytes)) return undefined;
    if (context.options.ratePerSecond === undefined) {
      throw new UsageError(
        `${context.file}: binary 32-bit ids in order, without times (as cache2k traces): not a request trace by itself; give --rate, such as --rate 1k/s, to replay the ids as keys at that rate`,
      );
    }
    return new IdLines(context);
  },
};
