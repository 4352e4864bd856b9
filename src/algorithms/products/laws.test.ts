/** What the limiters of products owe their callers, however they decide. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../testing/law.ts';
import { decideAllByHand, decideBatch, limiterOf, quota, type Request } from '../testing/limiters.ts';
import { traffic } from '../testing/traffic.ts';
import { products } from './index.ts';

const epochUs = 1_764_000_000_123_457;
const quotas = [quota('5/1s', 3), quota('7/1m'), quota('100/1s', 20), quota('3/1m', 5)];
const cases = products.flatMap((product) =>
  quotas.map((each) => [`${product.name} at ${each.limit}/${each.periodUs}µs`, product, each] as const),
);

describe.each(cases)('%s', (_, product, each) => {
  const create = () => limiterOf(product, each, {}, epochUs);
  const oneKey = traffic(each, { epochUs });
  const fewKeys = traffic(each, { epochUs, keys: 3 });

  test('the batch loop does what waitUs, take and refuse do by hand, wherever the batches are cut', () => {
    holdsFor(fc.tuple(fewKeys, fc.nat(30)), ([requests, cut]) => {
      const limiter = create();
      const parts = [requests.slice(0, cut), requests.slice(cut)];
      const decisions = parts.flatMap((part) => decideBatch(limiter, part));
      expect(decisions).toEqual(decideAllByHand(create(), requests));
    });
  });

  test('to ask changes nothing, and a peek passes', () => {
    holdsFor(oneKey, (requests) => {
      const asked = create();
      const decisions = requests.map((request) => {
        expect(asked.waitUs(request.key, request.atUs, 0)).toBe(0);
        expect(asked.take(request.key, request.atUs, 0, 0)).toBe(0);
        asked.remaining(request.key, request.atUs);
        asked.explain(request.key, request.atUs);
        return decideAllByHand(asked, [request])[0];
      });
      expect(decisions).toEqual(decideAllByHand(create(), requests));
    });
  });

  test('what other keys do makes no difference to a key', () => {
    holdsFor(fewKeys, (requests) => {
      const own = (request: Request) => request.key === 0;
      const all = decideAllByHand(create(), requests).filter((_, row) => own(requests[row]));
      expect(all).toEqual(decideAllByHand(create(), requests.filter(own)));
    });
  });

  test('a wait is a whole number of microseconds or for ever, remaining is whole and not negative', () => {
    holdsFor(oneKey, (requests) => {
      const limiter = create();
      for (const request of requests) {
        const [{ waitUs, delayUs }] = decideAllByHand(limiter, [request]);
        expect(waitUs === Number.POSITIVE_INFINITY || (Number.isInteger(waitUs) && waitUs >= 0)).toBe(true);
        expect(Number.isInteger(delayUs) && delayUs >= 0).toBe(true);
        const remaining = limiter.remaining(request.key, request.atUs);
        expect(Number.isInteger(remaining) && remaining >= 0).toBe(true);
      }
    });
  });

  test('after a long rest a key passes what a new one does', () => {
    holdsFor(oneKey, (requests) => {
      const limiter = create();
      decideAllByHand(limiter, requests);
      const muchLaterUs = requests[requests.length - 1].atUs + 1000 * each.periodUs;
      expect(limiter.remaining(0, muchLaterUs)).toBe(create().remaining(0, muchLaterUs));
    });
  });
});
