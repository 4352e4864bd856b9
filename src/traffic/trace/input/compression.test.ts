import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { traceDefaults } from '../index.ts';
import { drain, readTrace } from '../testing.ts';

// Made with gzip -9n, zstd -19 and xz 5.4: "0,a,1\n5,b,1\n" and "9,c,1\n" as two members, frames, streams.
const packed = {
  gzip: 'H4sIAAAAAAACAzPQSdQx5DLVSQKSAJTF+4IMAAAAH4sIAAAAAAACA7PUSdYx5AIABjzKqAYAAAA=',
  zstd: 'KLUv/QRoYQAAMCxhLDEKNSxiLDEKVVMYEyi1L/0EWDEAADksYywxCk3M9Qg=',
  xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALMCxhLDEKNSxiLDEKANe2BT289CX0AAEkDKYY2NgftvN9AQAAAAAEWVr9N3pYWgAABObWtEYCACEBFgAAAHQv5aMBAAU5LGMsMQoAAAC4ZDtzlNzMFwABHgbBL6QdH7bzfQEAAAAABFla',
};

test.each(Object.entries(packed))('%s, two parts one after another', async (name, base64) => {
  const bytes = Buffer.from(base64, 'base64');
  for (const chunkBytes of [1, 5, 1000]) {
    const trace = await readTrace(bytes, {}, { chunkBytes });
    expect(trace.requests.map(({ at, key }) => [at, key])).toEqual([
      [0, 'a'],
      [5, 'b'],
      [9, 'c'],
    ]);
    expect(trace.summary.format).toBe(`ratelimit CSV, ${name}`);
  }
});

test.each(Object.entries(packed))(
  '%s cut short anywhere is told, or ends between two parts',
  async (name, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    for (let length = 6; length < bytes.length; length += 3) {
      const outcome = await readTrace(bytes.subarray(0, length)).then(
        (trace) => trace.requests.length,
        (error: Error) => error,
      );
      if (typeof outcome === 'number') expect(outcome).toBe(2);
      else
        expect(outcome.message).toMatch(new RegExp(`^-: the ${name} data is cut short or damaged|is empty`));
    }
  },
);

test('two xz files are merged by time, each with a decoder of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trace-'));
  const files = [join(folder, 'a.log'), join(folder, 'b.log')];
  for (const file of files) await writeFile(file, Buffer.from(packed.xz, 'base64'));
  const { requests } = await drain(files, traceDefaults);
  expect(requests.map(({ at }) => at)).toEqual([0, 0, 5, 5, 9, 9]);
});
