import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { UsageError } from '../errors.ts';
import { parseRules, type Rule, spellRules } from './rule.ts';

const minute = 60e6;

function rule(limit: number, periodUs: number, more: Partial<Rule> & { burst?: number } = {}): Rule {
  const { burst, ...rest } = more;
  return {
    quota: { limit, periodUs, burst: burst ?? limit },
    burstNamed: burst !== undefined,
    per: 'key',
    ...rest,
  };
}

test.each<[text: string, rules: Rule[]]>([
  ['100/1m', [rule(100, minute)]],
  ['100/m', [rule(100, minute)]],
  ['5k/250ms', [rule(5000, 250e3)]],
  [' 1_000 / 1h ', [rule(1000, 3600e6)]],
  ['100/1m,burst=20', [rule(100, minute, { burst: 20 })]],
  ['100/1m, burst=1, per=tenant', [rule(100, minute, { burst: 1, per: 'tenant' })]],
  ['100/1m,per=global', [rule(100, minute, { per: 'global' })]],
  ['20/1s + 5000/1h,per=tenant', [rule(20, 1e6), rule(5000, 3600e6, { per: 'tenant' })]],
  ['0/1s', [rule(0, 1e6)]],
  ['0/1s,burst=0', [rule(0, 1e6, { burst: 0 })]],
])('reads %s', (text, rules) => expect(parseRules(text)).toEqual(rules));

test('what is spelled is read back', () => {
  const rules = fc.array(
    fc
      .record({
        limit: fc.integer({ min: 1, max: 1e6 }),
        periodUs: fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(1e6, minute, 86_400e6)),
        burst: fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: undefined }),
        per: fc.constantFrom('key' as const, 'tenant' as const, 'global' as const),
      })
      .map(({ limit, periodUs, burst, per }) =>
        rule(limit, periodUs, { per, ...(burst !== undefined && { burst }) }),
      ),
    { minLength: 1, maxLength: 3 },
  );
  holdsFor(
    rules,
    (rules) => {
      expect(parseRules(spellRules(rules))).toEqual(rules);
    },
    200,
  );
});

test('the limit of a tenant is spelled with its name', () =>
  expect(spellRules([rule(5, 1e6), rule(9, 1e6, { tenant: 'gold' })])).toBe('5/1s + 9/1s for gold'));

describe('what cannot be a limit is refused, with what to write', () => {
  test.each<[text: string, ...said: RegExp[]]>([
    ['', /no period/, /write it like 100\/1m/],
    ['100', /no period/, /write it like 100\/1m/],
    ['fast/1m', /"fast" is not a count/, /write a whole number/],
    ['-5/1m', /"-5" is not a count/],
    ['1.5/1m', /"1.5" is not a count/],
    ['100/', /not a duration/],
    ['100/moon', /not a duration/, /write a number and a unit/],
    ['100/0s', /no time at all/, /write one such as 1s/],
    ['100/1m,20', /"20" is not a setting of a limit/, /use burst=N/],
    ['100/1m,burst', /not a count/],
    ['100/1m,burst=many', /"many" is not a count/],
    ['100/1m,burst=0', /a burst of 0 does not go with a limit of 100/, /leave out ",burst=0"/],
    ['0/1m,burst=5', /a burst of 5 does not go with a limit of 0/],
    ['100/1m,per=user', /"per=user" is not a setting/, /per=key\|tenant\|global/],
    ['100/1m,window=3', /"window=3" is not a setting/],
    ['100/1m,burst=5,burst=6', /burst is set twice/],
    ['100/1m+', /no period/],
    ['100/1m+5', /"5" is not a limit/],
  ])('%j', (text, ...said) => {
    expect(() => parseRules(text)).toThrow(UsageError);
    for (const words of said) expect(() => parseRules(text)).toThrow(words);
  });
});
