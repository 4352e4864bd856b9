import { expect, test } from 'vitest';
import { readTrace } from '../testing.ts';

const notesOf = async (text: string) => (await readTrace(text)).summary.notes ?? [];

test('what decide has written is read as requests, and who wants its decisions is told how', async () => {
  const notes = await notesOf('t_us,key,cost,allowed\n0,a,1,1\n5,a,1,0\n');
  expect(notes).toContainEqual(expect.stringContaining('--live'));
  expect(await notesOf('t_us,key,cost\n0,a,1\n5,a,1\n')).not.toContainEqual(
    expect.stringContaining('--live'),
  );
});

test('columns without a header are named', async () => {
  expect(await notesOf('0,a,1\n7,b,2\n')).toContainEqual(expect.stringContaining('t_us, key, cost'));
});
