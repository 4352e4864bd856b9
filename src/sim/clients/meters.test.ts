import { describe, expect, test } from 'vitest';
import { requestsEvery } from '../deployment/testing.ts';
import { timeToClear } from './backlog.ts';
import { Dispersion } from './dispersion.ts';
import { resultWith } from './testing.ts';

function dispersionOf(timesMs: readonly number[]): Dispersion {
  const dispersion = new Dispersion();
  for (const ms of timesMs) dispersion.add(ms * 1e3);
  return dispersion;
}

describe('dispersion', () => {
  test.each([
    // events, index, most in 100 ms
    ['none', [], null, 0],
    ['one in each 100 ms', [0, 100, 200, 300], 0, 1],
    ['all at once, then nothing but one', [0, 0, 0, 0, 350], 9.8 / 4 / 1.25 + 0, 4],
    ['herds of 3 every second 100 ms', [0, 0, 0, 200, 200, 200, 400, 400, 400], (9 * 3) / 5 / 1.8 - 1.8, 3],
  ])('%s', (_, times, index, most) => {
    const dispersion = dispersionOf(times);
    if (index === null) expect(dispersion.index).toBeNull();
    else expect(dispersion.index).toBeCloseTo(varianceOverMean(times), 12);
    expect(dispersion.most).toBe(most);
  });
});

/** By its definition, over the buckets up to the last event. */
function varianceOverMean(times: readonly number[]): number {
  const counts = new Array<number>(Math.floor(times.at(-1)! / 100) + 1).fill(0);
  for (const ms of times) counts[Math.floor(ms / 100)]++;
  const mean = times.length / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean;
}

describe('time to clear', () => {
  const timeline = (backlog: readonly number[]) => ({ bucket_us: 10, offered: [], done: [], backlog });

  test.each([
    // backlog at the ends of buckets of 10 µs, faults, time
    ['nothing ever waited', [0, 0], [], 0],
    ['from the largest to a hundredth of it', [50, 200, 100, 2, 0], [], 20],
    ['after a fault, to what it was before', [3, 9, 8, 3, 0], [{ fromUs: 10, toUs: 20 }], 20],
    ['a fault that nobody felt', [3, 3, 2], [{ fromUs: 10, toUs: 20 }], 0],
    ['a fault from the start, to nothing', [3, 3, 0], [{ fromUs: 0, toUs: 10 }], 20],
    [
      'the last of several counts',
      [0, 5, 0, 5, 0],
      [
        { fromUs: 10, toUs: 20 },
        { fromUs: 30, toUs: 40 },
      ],
      10,
    ],
    ['never', [0, 5, 5], [{ fromUs: 10, toUs: 20 }], null],
    ['a fault without end', [0, 5, 5], [{ fromUs: 10, toUs: Number.POSITIVE_INFINITY }], null],
  ])('%s', (_, backlog, faults, us) => {
    expect(timeToClear(timeline(backlog), faults)).toBe(us);
  });
});

test('those who are told the same instant come back as a herd, unless chance parts them', async () => {
  const works = requestsEvery('10ms', 100); // 100/s where 10/s pass
  const given = { limit: '10/1s', algorithms: 'fixed-window' };
  const herd = await resultWith('retry-after:whole_seconds=false', works, given);
  const parted = await resultWith('retry-after:whole_seconds=false:jitter=10s', works, given);
  expect(herd.clients.dispersion_offered).toBe(0);
  expect(herd.clients.most_in_100ms).toBe(90); // all that the first second refused
  expect(parted.clients.most_in_100ms).toBeLessThan(20);
  expect(herd.clients.dispersion!).toBeGreaterThan(5 * parted.clients.dispersion!);
});
