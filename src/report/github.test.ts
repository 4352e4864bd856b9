import { expect, test } from 'vitest';
import type { Check } from '../sim/result.ts';
import { renderGithub } from './github.ts';
import { checked, resultOf, rows } from './testing/fixture.ts';

const [, broken] = checked.checks!;

const many = (count: number): Check[] =>
  Array.from({ length: count }, (_, at) => ({ ...broken, expectation: `accuracy.over_admitted <= ${at}` }));

test('an error for each broken check, which cannot end its command or begin another one', () => {
  const { commands } = renderGithub([checked]);
  expect(commands.split('\n')).toHaveLength(2); // one line and its end
  expect(commands).toMatch(
    /^::error file=limits\/50%25%2C ü%3A%3A\\x0a\.yaml,line=9,title=boundary-burst%3A token-bucket \(=refill\\x1b\]0;x\\x07\)%3A accuracy\./,
  );
  expect(commands).toContain('::expected at most 0.1 %25, seen 12.9 %25');
  expect(commands).toContain('%0Areproduce: ratelimit check');
});

test('an expectation of a flag has no file', () => {
  const { place, ...ofFlag } = broken;
  expect(place).toBeDefined();
  expect(renderGithub([resultOf({ checks: [ofFlag] })]).commands).toMatch(/^::error title=/);
});

test.each([
  [0, 0],
  [10, 10],
  [11, 10],
  [60, 10],
])('%i broken checks make %i annotations', (count, annotations) => {
  const lines = renderGithub([resultOf({ checks: many(count) })]).commands.match(/^::error /gm) ?? [];
  expect(lines).toHaveLength(annotations);
});

test('the last annotation says how many are not shown, over all results of the step', () => {
  const results = [resultOf({ checks: many(7) }), resultOf({ checks: many(7) })];
  expect(renderGithub(results).commands).toMatch(/::error title=5 more checks::.*\n$/);
});

test('a run that was interrupted is a warning', () => {
  expect(renderGithub([resultOf({ partial: true })]).commands).toMatch(
    /^::warning title=interrupted::boundary-burst/,
  );
});

test('the summary holds every result while it fits, and says what it leaves out', () => {
  expect(renderGithub([checked, resultOf()]).summary.match(/^# /gm)).toHaveLength(2);
  const large = resultOf({
    results: Array.from({ length: 60 }, (_, at) => ({ ...rows[0], variant: `at ${at}` })),
  });
  const { summary } = renderGithub(Array(100).fill(large));
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(900 * 1024);
  expect(summary).toMatch(/\*\*\d+ more scenarios\*\* left out/);
});
