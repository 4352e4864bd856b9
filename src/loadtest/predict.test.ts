import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { Interrupted } from '../errors.ts';
import { contractOf } from '../sim/contract.ts';
import type { ComparisonPlan } from '../sim/plan.ts';
import { parseRules } from '../sim/rule.ts';
import { parseSelections } from '../sim/selection.ts';
import { NamedDesk } from '../sim/testing/named-desk.ts';
import { stream as randomStream } from '../traffic/random.ts';
import { predict, type WindowBound } from './predict.ts';
import { toleratedWindows } from './thresholds.ts';
import type { PlannedRequest } from './workload.ts';

function planOf(limit: string, algorithms: string): ComparisonPlan {
  const rules = parseRules(limit);
  return {
    rules,
    contracts: rules.map(contractOf),
    selections: parseSelections(algorithms),
    context: { epochUs: 0 },
    tenants: [],
  };
}

/** `count` requests of one key, one every 10 ms. */
const stream = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ dueUs: at * 1e4, key: 0, tenant: 0, cost: 1 }));

test('an aligned window whose phase is unknown admits its limit once more at most', async () => {
  // 3 s of 100/s against 20/1s: three windows, or parts of four
  expect((await predict(stream(300), 1, planOf('20/1s', 'fixed-window'), 0)).admitted).toEqual({
    least: 60,
    most: 80,
  });
});

test('an algorithm without windows has no phase', async () => {
  // 20 at once, then 20 a second for 3 s; the last one is due at 2.99 s
  expect((await predict(stream(300), 1, planOf('20/1s', 'gcra'), 0)).admitted).toEqual({
    least: 79,
    most: 79,
  });
});

test('of several algorithms the widest bounds are taken', async () => {
  const { admitted } = await predict(stream(300), 1, planOf('20/1s', 'sliding-window-log,gcra'), 0);
  expect(admitted).toEqual({ least: 60, most: 79 });
});

test('an interruption ends it', () =>
  expect(predict(stream(10), 1, planOf('20/1s', 'gcra'), 0, AbortSignal.abort())).rejects.toThrow(
    Interrupted,
  ));

test('a window in which nobody is refused is not watched', async () => {
  expect((await predict(stream(10), 1, planOf('20/1s', 'fixed-window'), 0)).windows).toEqual([]);
});

test('each window of a key has its bounds', async () => {
  const { windows } = await predict(stream(300), 1, planOf('20/1s', 'sliding-window-log'), 0);
  expect(windows.slice(0, 5)).toEqual(
    [0, 1, 2, 3, 4].map((window) => ({ key: 0, window, least: 20, most: 20 })),
  );
});

describe('bursts around an edge', () => {
  // 20 of one key within the 100 ms before each whole second of 2 s windows, and 20 within the 100 ms after it
  const bursts = [1.9, 2, 3.9, 4].flatMap((beginsS) =>
    Array.from({ length: 20 }, (_, at) => ({ dueUs: beginsS * 1e6 + at * 5e3, key: 0, tenant: 0, cost: 1 })),
  );
  const mostLateUs = 300e3;
  const boundsOf = async (algorithm: string) =>
    toleratedWindows(await predict(bursts, 1, planOf('20/2s', algorithm), mostLateUs), mostLateUs / 2e6);

  /** How many are admitted that are due within the period from each half period on. */
  function admittedOf(
    algorithm: string,
    limit: string,
    phaseUs: number,
    lateUs: (at: number) => number,
  ): number[] {
    const desk = new NamedDesk(parseSelections(algorithm)[0], parseRules(limit));
    const sent = bursts.map(({ dueUs }, at) => ({ dueUs, timeUs: dueUs + phaseUs + Math.floor(lateUs(at)) }));
    const admitted: PlannedRequest['dueUs'][] = [];
    for (const { dueUs, timeUs } of sent.sort((a, b) => a.timeUs - b.timeUs)) {
      const request = { timeUs, decidedAtUs: timeUs, key: 'a', cost: 1, durationUs: 0 };
      if (desk.decide(request, false).allowed) admitted.push(dueUs);
    }
    return Array.from(
      { length: 8 },
      (_, window) => admitted.filter((dueUs) => dueUs >= window * 1e6 && dueUs < window * 1e6 + 2e6).length,
    );
  }

  const outside = (bounds: readonly WindowBound[], admitted: readonly number[]) =>
    bounds
      .filter(({ window, least, most }) => admitted[window] < least || admitted[window] > most)
      .map((bound) => ({ ...bound, admitted: admitted[bound.window] }));

  test.each(['fixed-window', 'sliding-window-log', 'sliding-window-counter', 'gcra'])(
    'a %s is within its bounds wherever its windows begin and however late each request is',
    async (algorithm) => {
      const bounds = await boundsOf(algorithm);
      const lateness = fc.record({
        phaseUs: fc.nat(2e6 - 1),
        seed: fc.nat(),
        worstUs: fc.nat(mostLateUs),
      });
      holdsFor(
        lateness,
        ({ phaseUs, seed, worstUs }) => {
          const draw = randomStream(seed, 'late');
          const admitted = admittedOf(algorithm, '20/2s', phaseUs, () => draw() * worstUs);
          expect(outside(bounds, admitted)).toEqual([]);
        },
        100,
      );
    },
  );

  test.each([
    ['a limit that is doubled', 'fixed-window', '40/2s'],
    ['a fixed window where a sliding one was promised', 'sliding-window-log', '20/2s'],
  ])('%s is outside of the bounds', async (_, promised, limit) => {
    const admitted = admittedOf('fixed-window', limit, 0, () => 0);
    expect(outside(await boundsOf(promised), admitted)).not.toEqual([]);
  });
});
