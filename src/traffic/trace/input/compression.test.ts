import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { traceDefaults } from '../index.ts';
import { drain, readTrace } from '../testing.ts';
import { packed } from './compression.samples.ts';

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
