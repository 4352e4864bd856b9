import { expect, test } from 'vitest';
import { overParts, type Progress, progressOf } from './progress.ts';

/** What is told of two parts in which 60 and then 30 requests were read, each time the last that is told. */
function told(expected: number | undefined, inner?: string): Omit<Progress, 'elapsedMs' | 'ratePerSecond'>[] {
  const shown: Progress[] = [];
  const partOf = overParts(2, (progress) => shown.push(progress));
  const of = (requests: number) => ({
    ...progressOf(requests, expected, 1000),
    ...(inner !== undefined && { part: inner }),
  });
  const [first, second] = [partOf(0, 'run 1 of 2'), partOf(1, 'run 2 of 2')];
  first(of(60));
  second(of(30));
  return shown.map(({ elapsedMs, ratePerSecond, ...progress }) => progress);
}

test('parts one after the other have one progress, from nothing to all of them', () => {
  expect(told(100)).toEqual([
    { requests: 60, expected: 200, part: 'run 1 of 2' },
    { requests: 130, expected: 200, part: 'run 2 of 2' }, // the first part has ended, whatever it told last
  ]);
});

test('where nobody knows how many will come, what was read adds up', () => {
  expect(told(undefined)).toEqual([
    { requests: 60, part: 'run 1 of 2' },
    { requests: 90, part: 'run 2 of 2' },
  ]);
});

test('parts within parts are named from the outside in', () => {
  expect(told(100, 'gcra, 1 of 3')[1].part).toBe('run 2 of 2: gcra, 1 of 3');
});
