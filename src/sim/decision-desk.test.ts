import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { parseRules } from './rule.ts';
import { parseSelections } from './selection.ts';
import { type Decided, NamedDesk } from './testing/named-desk.ts';

function desk(limit: string, algorithm = 'gcra'): NamedDesk {
  return new NamedDesk(parseSelections(algorithm)[0], parseRules(limit));
}

function ask(at: NamedDesk, timeUs: number, key = 'a', cost = 1, explain = false): Decided {
  return at.decide({ timeUs, decidedAtUs: timeUs, key, cost, durationUs: 0 }, explain);
}

describe('DecisionDesk', () => {
  test('decides as a server would: a burst, then one each emission interval', () => {
    const gcra = desk('10/1s,burst=2');
    const answers = [0, 0, 0, 99_999, 100_000].map((atUs) => ask(gcra, atUs));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false, true]);
    expect(answers.map(({ retryAfterUs }) => retryAfterUs)).toEqual([0, 0, 100_000, 1, 0]);
    expect(answers.map(({ remaining }) => remaining)).toEqual([1, 0, 0, 0, 0]);
  });

  test('says -1 of what can never pass, and how long a queue holds back', () => {
    expect(ask(desk('10/1s'), 0, 'a', 11)).toMatchObject({ allowed: false, retryAfterUs: -1, delayUs: 0 });
    const queue = desk('10/1s', 'leaky-bucket-queue');
    expect([0, 0, 0].map((atUs) => ask(queue, atUs).delayUs)).toEqual([0, 100_000, 200_000]);
  });

  test('the time of the first request may be any, and windows are aligned by the given times', () => {
    const since1970Us = 1_764_000_059_999_999; // 1 µs before a full minute
    const windows = desk('1/1m', 'fixed-window');
    const answers = [0, 0, 1].map((us) => ask(windows, since1970Us + us));
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true]);
    expect(answers[1].retryAfterUs).toBe(1);
  });

  test('the part of a key before the slash is its tenant', () => {
    const shared = desk('5/1s+2/1s,per=tenant');
    const allowed = ['acme/1', 'acme/2', 'acme/3', 'umbrella/1'].map((key) => ask(shared, 0, key).allowed);
    expect(allowed).toEqual([true, true, false, true]);
  });

  test('explains the state before and after, which a look does not change', () => {
    const bucket = desk('10/1s,burst=2', 'token-bucket');
    expect(ask(bucket, 0, 'a', 1, true)).toMatchObject({ before: '2 of 2 tokens', after: '1 of 2 tokens' });
    expect(ask(bucket, 0)).not.toHaveProperty('before');
    expect(ask(bucket, 0, 'a', 1, true)).toMatchObject({ allowed: false, before: '0 of 2 tokens' });
  });

  test('wrong parameters are found before the first request', () =>
    expect(
      () => new NamedDesk({ algorithm: 'gcra', variant: '', params: { x: 1 } }, parseRules('1/1s')),
    ).toThrow(UsageError));
});
