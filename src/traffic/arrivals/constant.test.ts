import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrive } from '../testing.ts';

const minute = { startUs: 0, stopUs: 60e6 };

test('the first request comes at the start and the others at equal steps', () => {
  const { timesUs } = arrive({ model: 'constant', rate: '4/s' }, { startUs: 500_000, stopUs: 1_500_001 });
  expect(timesUs).toEqual([500_000, 750_000, 1_000_000, 1_250_000, 1_500_000]);
});

test('request n·k of n a minute comes exactly at minute k, though no double holds the rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), (n) => {
      const { timesUs } = arrive({ model: 'constant', rate: `${n}/1m` }, { startUs: 0, stopUs: 180e6 + 1 });
      expect([timesUs[0], timesUs[n], timesUs[2 * n], timesUs[3 * n]]).toEqual([0, 60e6, 120e6, 180e6]);
    }),
    { numRuns: 50 },
  );
});

test('clients of a greedy stream each keep their own rate and are evenly staggered', () => {
  const { timesUs, keys } = arrive({ model: 'greedy', clients: 3, rate: '10/1m' }, minute, { firstKey: 100 });
  const ofClient = (client: number) => timesUs.filter((_, i) => keys[i] === 100 + client);
  const everySixSeconds = Array.from({ length: 10 }, (_, i) => i * 6e6);
  for (const client of [0, 1, 2]) {
    expect(ofClient(client)).toEqual(everySixSeconds.map((timeUs) => timeUs + client * 2e6));
  }
});
