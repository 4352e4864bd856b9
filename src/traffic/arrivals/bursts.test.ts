import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrive, countWithin, standardErrors } from '../testing.ts';

test('at every mark each client sends its requests, within the jitter', () => {
  const params = { model: 'synchronized', clients: 20, requests: 3, period: '10s', jitter: '1s' };
  const { timesUs, keys } = arrive(params, { startUs: 0, stopUs: 60e6 }, { firstKey: 5 });
  expect(timesUs).toHaveLength(6 * 60);
  for (let mark = 0; mark < 6; mark++) {
    expect(countWithin(timesUs, mark * 10e6, mark * 10e6 + 1e6)).toBe(60);
    const senders = keys.slice(mark * 60, (mark + 1) * 60).sort((a, b) => a - b);
    expect(senders).toEqual(Array.from({ length: 60 }, (_, i) => 5 + Math.floor(i / 3)));
  }
});

test('the requests of a burst are spread evenly over it', () => {
  const params = { model: 'synchronized', clients: '100k', period: '10s', jitter: '10s' };
  const { timesUs } = arrive(params, { startUs: 0, stopUs: 10e6 });
  for (let part = 0; part < 10; part++) {
    const counted = countWithin(timesUs, part * 1e6, (part + 1) * 1e6);
    expect(standardErrors(counted, 10_000, 9_000)).toBeLessThan(4);
  }
});

test('clients come in another order at every mark', () => {
  const params = { model: 'synchronized', clients: 50, period: '10s' };
  const { keys } = arrive(params, { startUs: 0, stopUs: 20e6 });
  expect(keys.slice(0, 50)).not.toEqual(keys.slice(50));
});

test('without jitter all requests come at the very mark', () => {
  const params = { model: 'synchronized', clients: 4, period: '10s', jitter: '0s' };
  const { timesUs, expected } = arrive(params, { startUs: 1, stopUs: 20e6 + 1 });
  expect(timesUs).toEqual([10e6, 10e6, 10e6, 10e6, 20e6, 20e6, 20e6, 20e6]);
  expect(expected).toBe(8);
});

test('a window edge has a full quota of every client on either side', () => {
  const margin = 50_000;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }), (clients, requests) => {
      const params = { model: 'edge-attacker', clients, requests, window: '1s' };
      const { timesUs, keys } = arrive(params, { startUs: 0, stopUs: 4e6 });
      for (let client = 0; client < clients; client++) {
        const own = timesUs.filter((_, i) => keys[i] === client);
        for (const edgeUs of [1e6, 2e6, 3e6]) {
          expect(countWithin(own, edgeUs - margin, edgeUs)).toBe(requests);
          expect(countWithin(own, edgeUs, edgeUs + margin)).toBe(requests);
        }
        // The run's last edge has its before inside the run; its start has no before and so is no edge.
        expect(countWithin(own, 4e6 - margin, 4e6)).toBe(requests);
        expect(own).toHaveLength(7 * requests);
      }
    }),
    { numRuns: 20 },
  );
});

test('a span that cuts a burst keeps the part inside', () => {
  const params = { model: 'synchronized', clients: 1000, period: '10s', jitter: '2s' };
  const { timesUs, expected } = arrive(params, { startUs: 11e6, stopUs: 21e6 });
  expect(expected).toBe(1000);
  expect(countWithin(timesUs, 11e6, 12e6) + countWithin(timesUs, 20e6, 21e6)).toBe(timesUs.length);
  expect(standardErrors(timesUs.length, 1000, 500)).toBeLessThan(4);
});

test('a burst that would not fit into memory is refused in words', () => {
  const params = { model: 'synchronized', clients: '10M', requests: 10 };
  expect(() => arrive(params, { startUs: 0, stopUs: 1 })).toThrow('take fewer clients or requests');
});
