import { expect, test } from 'vitest';
import * as z from 'zod';
import { didYouMean, noneCalled } from './did-you-mean.ts';
import './fields.ts'; // sets the words

const problem = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0].message;

test.each<[string, z.ZodType, unknown, string]>([
  ['a text for a list', z.array(z.string()), 'central', '"central" is not a list; write one such as [a, b]'],
  [
    'a list for fields',
    z.strictObject({}),
    [1],
    '[1] is not a set of fields; write one such as {name: value}',
  ],
  ['a number for yes or no', z.boolean(), 2, '2 is not a choice; write true or false'],
  ['too little', z.number().min(0), -1, '-1 is too small; write 0 or more'],
  ['just too little', z.number().positive(), 0, '0 is too small; write one above 0'],
  ['too much', z.number().max(1), 1.5, '1.5 is too large; write 1 or less'],
  ['too few', z.array(z.string()).min(2), ['a'], 'is too short; write at least 2'],
  ['no finite number', z.number(), Number.NaN, 'NaN is not a number; write one such as 10'],
  ['nothing at all', z.string(), undefined, 'is missing; it is a text; write one'],
  [
    'a name that is nearly one',
    z.enum(['open', 'closed']),
    'opne',
    '"opne" is not known; did you mean "open"? write one of open, closed',
  ],
  [
    'nothing where a name must be',
    z.enum(['open', 'closed']),
    undefined,
    'is missing; write one of open, closed',
  ],
])('%s: what was given, what is wanted, what to write', (_, schema, value, message) => {
  expect(problem(schema, value)).toBe(message);
});

test('a name that others go on from may mean each of them', () => {
  expect(didYouMean('kong', ['nginx', 'kong-local', 'kong-redis'])).toBe(
    ' did you mean "kong-local" or "kong-redis"?',
  );
  expect(didYouMean('expon', ['none', 'exponential'])).toBe(' did you mean "exponential"?');
  expect(didYouMean('', ['x', 'exponential'])).toBe('');
});

test.each([
  [noneCalled('policy', 'fixd', ['none', 'fixed']), 'did you mean "fixed"? there are none, fixed'],
  [noneCalled('policy', 'x', ['none', 'fixed']), 'there are none, fixed'],
  [
    noneCalled('policy', 'fixd', ['none', 'fixed'], 'a page lists them'),
    'did you mean "fixed"? a page lists them',
  ],
])('%s', (message, ending) => {
  expect(message).toMatch(/^no policy is called "(fixd|x)"; /);
  expect(message.slice(message.indexOf('; ') + 2)).toBe(ending);
});
