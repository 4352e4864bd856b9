import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import {
  count,
  countOrZero,
  durationUs,
  label,
  periodUs,
  rateOrZero,
  ratePerSecond,
  share,
} from './fields.ts';

function answer(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : result.error.issues.map(({ message }) => message).join('; ');
}

describe('what is read', () => {
  test.each([
    ['a duration', durationUs, '250ms', 250_000],
    ['no duration at all', durationUs, '0s', 0],
    ['a period', periodUs, '24h', 86_400e6],
    ['a rate', ratePerSecond, '5k/s', 5000],
    ['a rate by the minute', ratePerSecond, '90/1m', 1.5],
    ['a rate of nothing', rateOrZero, '0/s', 0],
    ['a count in words', count, '1.5M', 1_500_000],
    ['a count as a number', count, 12, 12],
    ['none', countOrZero, 0, 0],
  ])('%s', (_, schema, text, value) => expect(answer(schema, text)).toBe(value));
});

describe('what is refused, and what to write instead', () => {
  test.each([
    [durationUs, 10, '10 has no unit; write 10s'],
    [durationUs, undefined, 'is missing; write a duration such as 10s'],
    [durationUs, '-5s', 'not a duration; write a number and a unit'],
    [durationUs, '5 parsecs', 'not a duration; write a number and a unit'],
    [durationUs, ['1s'], '["1s"] is not a duration; write one such as 10s'],
    [periodUs, '0s', 'must be longer than 0; write one such as 10s'],
    [ratePerSecond, 100, '100 has no unit; write 100/s'],
    [ratePerSecond, -100, '-100 is not a rate; write one such as 5k/s'],
    [ratePerSecond, '0/s', 'must be above 0; write one such as 5k/s'],
    [ratePerSecond, '100', 'not a rate; write an amount and a period'],
    [ratePerSecond, '-1/s', 'not a rate; write an amount and a period'],
    [count, 0, 'must be at least 1'],
    [count, -3, '"-3" is not a count'],
    [count, 1.5, '"1.5" is not a count; write a whole number'],
    [count, Number.NaN, 'is not a count; write one such as 100k'],
    [count, true, 'true is not a count; write one such as 100k'],
    [share, 1.5, 'must be between 0 and 1'],
    [share, '50 %', '"50 %" is not a share; write one such as 0.5'],
    [label, 'a/b', 'a name starts with a letter or digit'],
    [label, '', 'a name starts with a letter or digit'],
  ])('%#: %o', (schema, value, message) => expect(answer(schema, value)).toContain(message));
});

test('types say what is written and what is read', () => {
  expectTypeOf<z.input<typeof durationUs>>().toEqualTypeOf<string>();
  expectTypeOf<z.output<typeof durationUs>>().toEqualTypeOf<number>();
  expectTypeOf<z.input<typeof count>>().toEqualTypeOf<string | number>();
  expectTypeOf<z.output<typeof count>>().toEqualTypeOf<number>();
});

test('a JSON schema can be made of every field', () => {
  const schema = z.strictObject({ a: durationUs, b: ratePerSecond, c: count, d: share, e: label });
  expect(z.toJSONSchema(schema, { io: 'input' }).required).toEqual(['a', 'b', 'c', 'd', 'e']);
});
