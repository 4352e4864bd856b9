import { expect, test } from 'vitest';
import { parseCap, parseGoal } from './wishes.ts';

test.each([
  ['refuse < 0.1% of clients', 'clients', 0.001, false],
  ['refuse <= 0.1% of clients', 'clients', 0.001, true],
  ['refuse <0.5 of requests', 'requests', 0.4, true],
])('%s', (text, of, ratio, holds) => {
  const goal = parseGoal(text);
  expect(goal.of).toBe(of);
  expect(goal.holds(ratio)).toBe(holds);
});

test('2k/1s is 2000 units in any second', () => {
  expect(parseCap('2k/1s')).toEqual({ units: 2000, spanUs: 1e6 });
});

test.each([
  'refuse nobody',
  'refuse > 1% of clients',
  'refuse < 1% of everything',
  'refuse < x of clients',
  '',
])('the goal "%s" is refused', (text) => expect(() => parseGoal(text)).toThrow(/is not a (goal|share)/));

test.each([
  ['refuse < 0% of clients', /nothing is less than none; write refuse <= 0% of clients/],
  ['refuse < 200% of requests', /every limit keeps this/],
  ['refuse <= 1 of requests', /every limit keeps this/],
])('the goal "%s" decides nothing', (text, said) => expect(() => parseGoal(text)).toThrow(said));

test.each(['2000', '2k/', '/1s', '2k/0s'])('the cap "%s" is refused', (text) =>
  expect(() => parseCap(text)).toThrow(),
);
