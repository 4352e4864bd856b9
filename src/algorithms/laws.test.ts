/** What every limiter owes its callers, whatever its algorithm and parameters. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacity, cases } from './testing/cases.ts';
import { holdsFor } from './testing/law.ts';
import { decideAllByHand, decideBatch, decideByHand } from './testing/limiters.ts';
import { traffic } from './testing/traffic.ts';

const never = Number.POSITIVE_INFINITY;

describe.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
  const { algorithm, quota, params, epochUs, create } = each;
  const oneKey = traffic(quota, { epochUs });
  const fewKeys = traffic(quota, { epochUs, keys: 3 });

  // With count_rejected the refusal itself counts and moves the told time: there, what is told is the time at which
  // the request would conform had it not been made.
  test('what is refused is refused until 1 µs before the told time, and passes at it', () => {
    holdsFor(oneKey, (requests) => {
      decideAllByHand(create(), requests).forEach(({ waitUs }, row) => {
        if (waitUs === 0 || waitUs === never) return;
        const refused = requests[row];
        const waitLater = (laterUs: number) => {
          const limiter = create();
          decideAllByHand(limiter, requests.slice(0, params.count_rejected ? row : row + 1));
          return limiter.waitUs(refused.key, refused.atUs + laterUs, refused.cost);
        };
        const halfUs = Math.floor(waitUs / 2);
        expect(waitLater(halfUs)).toBe(waitUs - halfUs);
        expect(waitLater(waitUs - 1)).toBe(1);
        expect(waitLater(waitUs)).toBe(0);
      });
    });
  });

  test('the wait is infinite exactly when the cost is above the capacity, and means never', () => {
    holdsFor(oneKey, (requests) => {
      const limiter = create();
      for (const request of requests) {
        const { waitUs } = decideByHand(limiter, request);
        expect(waitUs === never).toBe(request.cost > capacity(each));
      }
      if (capacity(each) === never) return; // loose conformance: one token is enough for any cost
      const last = requests[requests.length - 1];
      decideByHand(limiter, { ...last, cost: 1 }); // a bucket that starts empty fills only from a real request on
      const muchLaterUs = last.atUs + 1000 * quota.periodUs;
      expect(limiter.waitUs(0, muchLaterUs, capacity(each) + 1)).toBe(never);
      if (algorithm.needsDurations) return; // requests in flight for longer than that still hold their units
      expect(limiter.waitUs(0, muchLaterUs, capacity(each))).toBe(0);
    });
  });

  test('the batch loop does what waitUs, take and refuse do by hand, wherever the batches are cut', () => {
    const keysOfSomeKind = fc.oneof(fewKeys, oneKey); // loops may remember what they found for the key of the row before
    holdsFor(
      fc.tuple(keysOfSomeKind, fc.nat(30)),
      ([requests, cut]) => {
        const limiter = create();
        const parts = [requests.slice(0, cut), requests.slice(cut)];
        const decisions = parts.flatMap((part) => decideBatch(limiter, part));
        expect(decisions).toEqual(decideAllByHand(create(), requests));
      },
      200,
    );
  });

  test('keys do not influence each other', () => {
    holdsFor(fewKeys, (requests) => {
      const together = decideAllByHand(create(), requests);
      for (const key of [0, 1, 2]) {
        const alone = requests.filter((request) => request.key === key);
        const among = together.filter((_, row) => requests[row].key === key);
        expect(decideAllByHand(create(), alone)).toEqual(among);
      }
    });
  });

  test('peeks and questions pass at once and change nothing', () => {
    holdsFor(oneKey, (requests) => {
      const asked = create();
      const answers = requests.map((request) => {
        asked.explain(request.key, request.atUs);
        asked.remaining(request.key, request.atUs);
        asked.waitUs(request.key, request.atUs, 1);
        asked.refuse(request.key, request.atUs, 0);
        expect(decideByHand(asked, { ...request, cost: 0 })).toEqual({ waitUs: 0, delayUs: 0 });
        return decideByHand(asked, request);
      });
      const isReal = ({ cost }: { cost: number }) => cost > 0;
      const realAnswers = answers.filter((_, row) => isReal(requests[row]));
      expect(realAnswers).toEqual(decideAllByHand(create(), requests.filter(isReal)));
    });
  });

  test('what remains would pass now, and one unit more would not', () => {
    holdsFor(oneKey, (requests) => {
      const limiter = create();
      for (const request of requests) {
        decideByHand(limiter, request);
        const remaining = limiter.remaining(request.key, request.atUs);
        expect(limiter.waitUs(request.key, request.atUs, remaining)).toBe(0);
        if (params.conformance === 'loose' && remaining > 0) continue; // one token is enough for any cost
        expect(limiter.waitUs(request.key, request.atUs, remaining + 1)).toBeGreaterThan(0);
      }
    });
  });

  test('the same requests whole periods later, at microseconds since 1970, are decided the same', () => {
    const shiftUs = Math.round(1.76e15 / quota.periodUs) * quota.periodUs;
    holdsFor(oneKey, (requests) => {
      const later = requests.map((request) => ({ ...request, atUs: request.atUs + shiftUs }));
      expect(decideAllByHand(create(), later)).toEqual(decideAllByHand(create(), requests));
    });
  });

  const keepsStateForGood =
    params.refill === 'interval' || // the phase of the refills
    params.initial !== undefined || // a known key fills up, a forgotten one starts again with `initial`
    params.conformance === 'loose' || // a debt is not bounded by the burst
    algorithm.needsDurations; // the period says nothing about durations
  if (!keepsStateForGood) {
    test('a key that was idle for the TTL is as good as new', () => {
      const ttlUs = Math.ceil(algorithm.ttlUs(quota, algorithm.params.parse(params)));
      holdsFor(fc.tuple(oneKey, oneKey), ([before, after]) => {
        const limiter = create();
        decideAllByHand(limiter, before);
        const lastUs = before[before.length - 1].atUs;
        const later = after.map((request) => ({ ...request, atUs: request.atUs + lastUs + ttlUs }));
        expect(decideAllByHand(limiter, later)).toEqual(decideAllByHand(create(), later));
      });
    });
  }
});
