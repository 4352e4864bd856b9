import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readRecording } from './read.ts';

/** The keys of a recording of these cells, in the order of their first request. */
async function keysOf(...cells: Buffer[]): Promise<readonly string[]> {
  const rows = cells.flatMap((cell, at) => [Buffer.from(`${at},`), cell, Buffer.from(',1\n')]);
  const file = Buffer.concat([Buffer.from('t_us,key,allowed\n'), ...rows]);
  const { keys } = await readRecording('-', { stdin: Readable.from([file]), refusedStatus: [] });
  return keys;
}

test('keys are told apart by their bytes, and are text where they can be', async () => {
  const [ff, fe] = [Buffer.of(0xff), Buffer.of(0xfe)];
  expect(await keysOf(ff, fe, ff, Buffer.from('"é, 🚀"'), Buffer.from('ann'))).toEqual([
    '\udcff',
    '\udcfe',
    'é, 🚀',
    'ann',
  ]);
});

test('a byte order mark is no part of the first column', async () => {
  const file = Buffer.from('\uFEFFt_us,key,allowed\n0,é,1\n');
  const { keys } = await readRecording('-', { stdin: Readable.from([file]), refusedStatus: [] });
  expect(keys).toEqual(['é']);
});
