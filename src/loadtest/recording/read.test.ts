import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { packed } from '../../traffic/trace/input/compression.samples.ts';
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

/** `t_us,key,allowed` and fifty times `0,a,1`: gzip -9n, zstd -19, xz 5.4, in base64. */
const packedDecisions = {
  gzip: 'H4sIAAAAAAACAyuJLy3WyU6t1EnMyckvT03hMtBJ1DEcJYkiAUaxDQA9AQAA',
  zstd: 'KLUv/QRo7QAAsHRfdXMsa2V5LGFsbG93ZWQKMCxhLDEBAEiilibY915i',
  xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AE8AB9dADoXyqdrKmIUIbNsgbFKdCB7+7RJhOc/vy2Sco+IAAAAAFGMBNREEO7AAAE7vQIAAACdJ7bvscRn+wIAAAAABFla',
};

test.each(Object.entries(packedDecisions))('a recording may be packed with %s', async (_, base64) => {
  const stdin = Readable.from([Buffer.from(base64, 'base64')]);
  const { keys } = await readRecording('-', { stdin, refusedStatus: [] });
  expect(keys).toEqual(['a']);
});

test.each(Object.entries(packed))(
  'what is no recording is told so when it is packed with %s, also when cut short',
  async (_, base64) => {
    for (const end of [-1, undefined]) {
      const stdin = Readable.from([Buffer.from(base64, 'base64').subarray(0, end)]);
      await expect(readRecording('-', { stdin, refusedStatus: [] })).rejects.toThrow(
        /is not a recording|cut short/,
      );
    }
  },
);

test('who names no tag that is there has one client', async () => {
  const point = { time: '2026-11-24T19:50:06Z', value: 1, tags: { status: '200', key: 'ann' } };
  const line = JSON.stringify({ type: 'Point', metric: 'http_req_duration', data: point });
  const read = (keyField: string) =>
    readRecording('-', { stdin: Readable.from([Buffer.from(`${line}\n`)]), refusedStatus: [429], keyField });
  expect((await read('key')).keys).toEqual(['ann']);
  expect((await read('constructor')).keys).toEqual(['']);
});
