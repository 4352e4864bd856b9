import { expect, test } from 'vitest';
import type { Column } from './columns/index.ts';
import { marksOf } from './marks.ts';

const [best, worst, none] = ['best', 'worst', undefined] as const;

test.each<[string, Column['better'], (number | null)[], (string | undefined)[]]>([
  ['the lower the better', 'lower', [3, 1, 2], [worst, best, none]],
  ['the higher the better', 'higher', [3, 1, 2], [best, worst, none]],
  ['all who share the best place are best', 'lower', [1, 1, 2], [best, best, worst]],
  ['nobody is best where all are alike', 'lower', [1, 1, 1], [none, none, none]],
  ['alike is what is spelled alike', 'lower', [1.01, 1.02, 2], [best, best, worst]],
  ['a missing figure takes no part', 'lower', [null, 1, 2], [none, best, worst]],
  ['a figure without a better end', undefined, [1, 2, 3], [none, none, none]],
  ['no figure at all', 'lower', [null, null], [none, none]],
])('%s', (_, better, values, marks) => {
  const column = { ...(better && { better }), format: (value: number) => value.toFixed(1) };
  expect(marksOf(column, values)).toEqual(marks);
});
