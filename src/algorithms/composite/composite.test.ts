import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedWindow } from '../fixed-window/index.ts';
import { gcra } from '../gcra/index.ts';
import { cases } from '../testing/cases.ts';
import { holdsFor } from '../testing/law.ts';
import { decideAllByHand, decideBatch, limiterOf, quota, type Request } from '../testing/limiters.ts';
import { answers, type Row, times } from '../testing/script.ts';
import { traffic } from '../testing/traffic.ts';
import { Composite } from './composite.ts';

function composite(...members: ConstructorParameters<typeof Composite>[0]): Composite {
  const limiter = new Composite(members);
  limiter.reserve(8);
  return limiter;
}

const perKey = (text: string, burst?: number) =>
  ({ limiter: limiterOf(gcra, quota(text, burst)), per: 'key' }) as const;

/** How many requests of cost 1, all at time 0, pass for each of these keys in turn. */
function passAtOnce(
  limiter: Composite,
  keys: readonly number[],
  tenantOf?: (key: number) => number,
): number[] {
  const requests = keys.map((key) => ({ atUs: 0, key, cost: 1, durationUs: 0 }));
  return decideBatch(limiter, requests, tenantOf).map(({ waitUs }) => (waitUs === 0 ? 1 : 0));
}

describe('3/1s and 5/1m on one key', () => {
  test('all must pass, nothing is taken unless all do, and the wait is the longest', () => {
    const rows: Row[] = [
      ['0s', 3, 'passes', 0, 'three at once, by the limit of a second'],
      ['0s', 1, 'waits 333334us', 0, 'which alone is in the way'],
      ['900ms', 2, 'passes', 0, 'five of the minute are used'],
      ['2s', 1, 'waits 10s', 0, 'now the minute is in the way: a unit each 12 s'],
      ['3s', 3, 'waits 33s', 0, 'three of the minute'],
      ['12s', 1, 'passes', 0, 'what was refused in between has taken nothing of either'],
      ['12s', 4, 'never', 0, 'four never pass the second, though they would pass the minute'],
      ['2m', 0, 'passes', 3, 'the least of what remains'],
    ];
    expect(answers(composite(perKey('3/1s'), perKey('5/1m')), rows)).toEqual(rows);
  });

  test('when one refuses, the other keeps its units', () => {
    const narrow = perKey('1/1h', 1);
    const wide = perKey('100/1h', 100);
    const limiter = composite(wide, narrow);
    expect(
      passAtOnce(
        limiter,
        times(50, () => 0),
      ).indexOf(0),
    ).toBe(1);
    expect(wide.limiter.remaining(0, 0)).toBe(99);
    expect(limiter.remaining(0, 0)).toBe(0);
  });

  test('a refusal is noted by every member that counts refusals', () => {
    const counting = () => limiterOf(fixedWindow, quota('9/1s'), { count_rejected: true });
    const member = { limiter: counting(), per: 'key' } as const;
    passAtOnce(composite(perKey('1/1h'), member), [0, 0, 0]);
    expect(member.limiter.remaining(0, 0)).toBe(9 - 3);
  });
});

describe('scopes', () => {
  const tenantOf = (key: number) => (key < 4 ? 0 : 1);

  test('tenant → user: each user has its own limit, and the users of a tenant share another', () => {
    const limiter = composite(perKey('2/1s'), { limiter: limiterOf(gcra, quota('3/1s')), per: 'tenant' });
    expect(passAtOnce(limiter, [0, 0, 0], tenantOf)).toEqual([1, 1, 0]); // the user's two
    expect(passAtOnce(limiter, [1, 1], tenantOf)).toEqual([1, 0]); // the tenant's third
    expect(limiter.remaining(1, 0)).toBe(0);
    expect(passAtOnce(limiter, [4], tenantOf)).toEqual([1]); // another tenant
    expect(limiter.remaining(4, 0)).toBe(1);
  });

  test('global: all keys of all tenants share one limit, also before any batch told the tenants', () => {
    const limiter = composite({ limiter: limiterOf(gcra, quota('3/1s')), per: 'global' });
    expect(passAtOnce(limiter, [0, 4, 1, 5], tenantOf)).toEqual([1, 1, 1, 0]);
    const fresh = gcra.create(quota('3/1s'), {}, { epochUs: 0 }); // nobody has reserved room for it
    const byHand = composite({ limiter: fresh, per: 'global' });
    const requests = [0, 4, 1, 5].map((key) => ({ atUs: 0, key, cost: 1, durationUs: 0 }));
    expect(decideAllByHand(byHand, requests).map(({ waitUs }) => waitUs === 0)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('appliesTo: tenants with limits of their own', () => {
    const only = (tenant: number, text: string) =>
      ({
        limiter: limiterOf(gcra, quota(text)),
        per: 'tenant',
        appliesTo: (t: number) => t === tenant,
      }) as const;
    const limiter = composite(only(0, '1/1s'), only(1, '3/1s'));
    expect(passAtOnce(limiter, [0, 1], tenantOf)).toEqual([1, 0]);
    expect(passAtOnce(limiter, [4, 5, 6, 7], tenantOf)).toEqual([1, 1, 1, 0]);
    expect(limiter.explain(0, 0)).toBe('per tenant: TAT lies 1000000 µs after now');
  });

  test('a new tenant in a later batch finds room', () => {
    const fresh = gcra.create(quota('1/1s'), {}, { epochUs: 0 });
    const limiter = composite({ limiter: fresh, per: 'tenant' });
    expect(passAtOnce(limiter, [0, 0])).toEqual([1, 0]);
    expect(passAtOnce(limiter, [0, 7, 7], (key) => key * 100)).toEqual([0, 1, 0]);
  });
});

describe.each(cases.map((each) => [each.name, each] as const))('%s', (_, { quota, epochUs, create }) => {
  test('alone in a composite decides as without it', () => {
    holdsFor(
      traffic(quota, { epochUs, keys: 3 }),
      (requests) => {
        const alone = composite({ limiter: create(), per: 'key' });
        expect(decideBatch(alone, requests)).toEqual(decideBatch(create(), requests));
      },
      10,
    );
  });
});

test('for any two limits: admitted iff both admit, and the wait is the longer one', () => {
  const pairs = fc.constantFrom(...cases.filter(({ quota }) => quota.periodUs < 100));
  const chosen = fc.tuple(pairs, pairs).chain(([one, other]) =>
    fc.record({
      one: fc.constant(one),
      other: fc.constant(other),
      requests: traffic(one.quota, { keys: 2 }),
    }),
  );
  holdsFor(
    chosen,
    ({ one, other, requests }) => {
      const members = [one.create(), other.create()];
      const both = composite(...members.map((limiter) => ({ limiter, per: 'key' }) as const));
      for (const request of requests as Request[]) {
        const waits = members.map((limiter) => limiter.waitUs(request.key, request.atUs, request.cost));
        const [{ waitUs }] = decideBatch(both, [request]);
        expect(waitUs).toBe(Math.max(...waits));
      }
    },
    300,
  );
});
