import { describe, expect, test } from 'vitest';
import { resultOf, row } from '../report/testing/fixture.ts';
import { spreadOf } from '../sim/repeated.ts';
import type { RunResult } from '../sim/result.ts';
import { diffOf } from './diff.ts';
import { renderDiff } from './diff-text.ts';

/** Each change as `field: direction matters`. */
function changes(before: RunResult, after: RunResult): string[] {
  return diffOf(before, after).changes.map(
    ({ field, direction, matters }) => `${field}: ${direction} ${matters}`,
  );
}

const before = resultOf({ results: [row('gcra', { over: 1000, fairness: { jain: 0.9 } })] });
const withRow = (figures: Parameters<typeof row>[1]) =>
  resultOf({ results: [row('gcra', { over: 1000, fairness: { jain: 0.9 }, ...figures })] });

describe('a diff', () => {
  test('of a run and itself has no change', () => {
    expect(diffOf(before, before)).toEqual({
      schema: 'ratelimit.diff/1',
      unlike: [],
      only_before: [],
      only_after: [],
      changes: [],
    });
    expect(renderDiff(diffOf(before, before))).toBe('Nothing changed.\n');
  });

  test('says when one of the runs is only a part', () => {
    expect(renderDiff(diffOf(before, { ...before, partial: true }))).toMatch(
      /^traffic {3}all -> a part, the run was interrupted\n/,
    );
  });

  test.each([
    [
      'more of what should be little',
      { over: 1200 },
      ['accuracy.over_admitted: worse yes', 'accuracy.over_admitted_ratio: worse yes'],
    ],
    [
      'less of it',
      { over: 800 },
      ['accuracy.over_admitted: better yes', 'accuracy.over_admitted_ratio: better yes'],
    ],
    [
      'by less than 1 %',
      { over: 1009 },
      ['accuracy.over_admitted: worse no', 'accuracy.over_admitted_ratio: worse no'],
    ],
    ['more of what should be much', { fairness: { jain: 0.95 } }, ['fairness.jain: better yes']],
    ['a figure without a better end', { retry: { advised: 5 } }, ['retry_after.advised: other yes']],
    ['a figure that is gone', { retry: { late_p99_us: null } }, ['retry_after.late_p99_us: other yes']],
    ['speed, measured once', { speed: 50e6 }, ['throughput.decisions_per_s: worse unknown']],
  ])('%s', (_, figures, expected) => expect(changes(before, withRow(figures))).toEqual(expected));

  test.each([
    ['that overlap', [1010, 1020, 1030], 'worse no'],
    ['that do not', [1500, 1510, 1520], 'worse yes'],
  ])('over several runs, intervals %s', (_, counts, expected) => {
    const over = (values: number[]) =>
      resultOf({ results: [{ ...row('gcra'), runs: { 'accuracy.over_admitted': spreadOf(values)! } }] });
    expect(changes(over([1000, 1010, 1020]), over(counts))).toEqual([`accuracy.over_admitted: ${expected}`]);
  });

  test.each([
    ['noise', [101, 99, 98, 104, 100], 'no'],
    ['half as fast', [50, 51, 52, 53, 49], 'yes'],
  ])('speed over several runs: %s', (_, speeds, matters) => {
    const at = (values: number[]) =>
      resultOf({ results: [{ ...row('gcra'), runs: { 'throughput.decisions_per_s': spreadOf(values)! } }] });
    const [change] = diffOf(at([100, 102, 99, 101, 103]), at(speeds)).changes;
    expect(change.matters).toBe(matters);
  });

  test('an instant that moved is no share of what it was', () => {
    const [change] = diffOf(before, withRow({ worst: { units: 100, atUs: 61e6 } })).changes;
    expect(change).toMatchObject({ field: 'accuracy.worst_window_at_us', change: null, matters: 'yes' });
  });

  test('in words: what was run, what matters, and how much more there is', () => {
    const after = resultOf({
      seed: 2,
      traffic: { ...before.traffic, requests: 100_000 },
      results: [
        row('gcra', { over: 1200, fairness: { jain: 0.901 }, speed: 1 }),
        row('token-bucket', { variant: '\u001b[31m' }),
      ],
    });
    expect(renderDiff(diffOf(before, after))).toBe(`seeds     1 -> 2

traffic
  other   traffic.requests  48200 -> 100000  +107%

gcra
  worse   accuracy.over_admitted        1000 -> 1200  +20%
  worse   accuracy.over_admitted_ratio  2.075% -> 2.49%  +20%

token-bucket (\\x1b[31m): only in the second run

The seeds differ, so a change may be chance; --runs 5 in both tells
1 change without weight: below 1 %, or no more than runs differ among themselves
1 figure measured in too few runs to tell a change from noise; --runs 5 in both tells
`);
  });
});
