import { expect, test } from 'vitest';
import { contractOf } from '../sim/contract.ts';
import type { ComparisonPlan } from '../sim/plan.ts';
import { parseRules } from '../sim/rule.ts';
import { parseSelections } from '../sim/selection.ts';
import { predict } from './predict.ts';

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

test('an aligned window whose phase is unknown admits its limit once more at most', () => {
  // 3 s of 100/s against 20/1s: three windows, or parts of four
  expect(predict(stream(300), 1, planOf('20/1s', 'fixed-window')).admitted).toEqual({ least: 60, most: 80 });
});

test('an algorithm without windows has no phase', () => {
  // 20 at once, then 20 a second for 3 s; the last one is due at 2.99 s
  expect(predict(stream(300), 1, planOf('20/1s', 'gcra')).admitted).toEqual({ least: 79, most: 79 });
});

test('of several algorithms the widest bounds are taken', () => {
  const { admitted } = predict(stream(300), 1, planOf('20/1s', 'sliding-window-log,gcra'));
  expect(admitted).toEqual({ least: 60, most: 79 });
});

test('a window in which nobody is refused is not watched', () => {
  expect(predict(stream(10), 1, planOf('20/1s', 'fixed-window')).windows).toEqual([]);
});

test('each window of a key has its bounds', () => {
  const { windows } = predict(stream(300), 1, planOf('20/1s', 'sliding-window-log'));
  expect(windows.slice(0, 5)).toEqual(
    [0, 1, 2, 3, 4].map((window) => ({ key: 0, window, least: 20, most: 20 })),
  );
});
