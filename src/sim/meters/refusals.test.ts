import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cases } from '../../algorithms/testing/cases.ts';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { decideAllByHand, quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { inBatches, inRuns, testKeys } from '../testing/batches.ts';
import { byKey, cutsArbitrary, type Decided, decided } from '../testing/decided.ts';
import { type RefusalFigures, Refusals } from './refusals.ts';

const never = Number.POSITIVE_INFINITY;

function measure(rows: readonly Decided[], cuts: readonly number[] = []): RefusalFigures {
  const refusals = new Refusals();
  refusals.reserve(testKeys);
  inBatches(rows, rows, cuts, (arrivals, decisions) =>
    inRuns(arrivals, (key, from, end) => refusals.measureRun(key, arrivals, decisions, from, end)),
  );
  return refusals.figures();
}

/** Refusals of one key without an admission between them, and the admission that ends them. */
interface Run {
  readonly refused: readonly Decided[];
  readonly admitted: Decided | undefined;
}

/** Peeks are no admissions: they pass whatever the state is. */
function runsOf(rows: readonly Decided[]): Run[] {
  return byKey(rows.filter(({ cost }) => cost > 0)).flatMap((own) => {
    const runs: Run[] = [];
    let refused: Decided[] = [];
    for (const row of own) {
      if (row.waitUs > 0) refused.push(row);
      else if (refused.length > 0) {
        runs.push({ refused, admitted: row });
        refused = [];
      }
    }
    return refused.length > 0 ? [...runs, { refused, admitted: undefined }] : runs;
  });
}

/** The first request of the run at or after the instant told by the last refusal; those that can never pass aside. */
function firstWhenDue({ refused, admitted }: Run): Decided | undefined {
  const possible = refused.filter(({ waitUs }) => waitUs !== never);
  const all = [...possible, ...(admitted ? [admitted] : [])];
  return all.find(({ atUs }, at) => at > 0 && atUs >= all[at - 1].atUs + all[at - 1].waitUs);
}

function byHand(rows: readonly Decided[]) {
  const runs = runsOf(rows);
  const judged = runs.flatMap((run) => {
    const first = firstWhenDue(run);
    return first ? [{ first, admitted: run.admitted }] : [];
  });
  const late = judged.flatMap(({ first, admitted }) => (admitted ? [admitted.atUs - first.atUs] : []));
  const lengths = runs.map(({ refused, admitted }) => (admitted ?? refused.at(-1)!).atUs - refused[0].atUs);
  return {
    longestStarvationUs: Math.max(0, ...lengths),
    advised: runs.flatMap(({ refused }) => refused).filter(({ waitUs }) => waitUs !== never).length,
    admittedWhenDueRatio:
      judged.length === 0
        ? null
        : judged.filter(({ first, admitted }) => first === admitted).length / judged.length,
    late: late.length === 0 ? null : { count: late.length, maxUs: Math.max(...late) },
  };
}

function expectAsByHand(rows: readonly Decided[], cuts: readonly number[]): void {
  const { late, ...figures } = measure(rows, cuts);
  const wanted = byHand(rows);
  expect({ ...figures, late: late && { count: late.count, maxUs: late.maxUs } }).toEqual(wanted);
}

describe('Refusals', () => {
  test('follows each run of refusals, whatever was told', () => {
    const arbitrary = fc.tuple(decided(quota('5/1s'), { keys: 3 }), cutsArbitrary);
    holdsFor(arbitrary, ([rows, cuts]) => expectAsByHand(rows, cuts), 300);
  });

  test.each(cases.filter(({ epochUs }) => epochUs <= 0).map((each) => [each.name, each] as const))(
    'follows each run of refusals of %s',
    (_, each) => {
      const requests = traffic(each.quota, { keys: 3, epochUs: each.epochUs, maxLength: 40 });
      holdsFor(
        fc.tuple(requests, cutsArbitrary),
        ([requests, cuts]) => {
          const decisions = decideAllByHand(each.create(), requests);
          expectAsByHand(
            requests.map((request, row) => ({ ...request, ...decisions[row] })),
            cuts,
          );
        },
        5,
      );
    },
  );

  /** One key, in milliseconds: when, and the wait that it was told; 0 is an admission, p a peek. */
  const story = (...requests: readonly (readonly [atMs: number, waitMs: number | 'peek'])[]): Decided[] =>
    requests.map(([atMs, waitMs]) => {
      const [cost, waitUs] = waitMs === 'peek' ? [0, 0] : [1, waitMs * 1000];
      return { atUs: atMs * 1000, key: 0, cost, durationUs: 0, waitUs, delayUs: 0 };
    });

  test.each([
    {
      what: 'comes back at the told instant',
      rows: story([0, 5], [5, 0]),
      ratio: 1,
      lateMs: 0,
      starvedMs: 5,
    },
    {
      what: 'comes too early, is told anew',
      rows: story([0, 5], [4, 3], [7, 0]),
      ratio: 1,
      lateMs: 0,
      starvedMs: 7,
    },
    { what: 'is refused when due', rows: story([0, 5], [5, 2], [9, 0]), ratio: 0, lateMs: 4, starvedMs: 9 },
    { what: 'is let in early', rows: story([0, 5], [3, 0]), ratio: null, lateMs: null, starvedMs: 3 },
    { what: 'never comes back', rows: story([0, 5]), ratio: null, lateMs: null, starvedMs: 0 },
    {
      what: 'is refused for good',
      rows: story([0, never], [9, never]),
      ratio: null,
      lateMs: null,
      starvedMs: 9,
    },
    {
      what: 'asks too much when due',
      rows: story([0, 5], [6, never], [8, 0]),
      ratio: 1,
      lateMs: 0,
      starvedMs: 8,
    },
    {
      what: 'looks, which is no request',
      rows: story([0, 5], [6, 'peek'], [8, 0]),
      ratio: 1,
      lateMs: 0,
      starvedMs: 8,
    },
  ])('a key that $what', ({ rows, ratio, lateMs, starvedMs }) => {
    const { admittedWhenDueRatio, late, longestStarvationUs } = measure(rows);
    expect([admittedWhenDueRatio, late && late.maxUs / 1000, longestStarvationUs / 1000]).toEqual([
      ratio,
      lateMs,
      starvedMs,
    ]);
  });
});
