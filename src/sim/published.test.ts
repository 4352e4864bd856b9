/** What others measured and published, within stated tolerances. */
import { mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { batchRows, InlineEngine } from './engine.ts';
import { prepare } from './prepare.ts';
import { run } from './run.ts';
import { loadScenario } from './scenario-file.ts';

/**
 * zombocom/rate_throttle_client, README, "Benchmarks": ten clients, thirty minutes, one run each. The README gives the mean of the
 * clients' rates, and those rates with the requests of each client; the rate of all requests together follows from these.
 */
const heroku = [
  {
    policy: 'heroku-backoff',
    published: 80.41,
    rates: [79, 79, 81, 82, 80, 80, 79, 81, 82, 81],
    requests: [1317, 1314, 1015, 963, 1254, 1133, 1334, 1025, 1024, 1036],
    toleranceRatio: 0.05,
  },
  {
    policy: 'heroku-gradual',
    published: 40.56,
    rates: [46, 37, 38, 37, 39, 40, 41, 35, 37, 57],
    requests: [48, 57, 56, 49, 282, 85, 83, 79, 2821, 37],
    toleranceRatio: 0.1,
  },
  {
    policy: 'heroku-proportional',
    published: 3.66,
    rates: [1, 7, 3, 5, 6, 1, 7, 1, 3, 3],
    requests: [343, 123, 223, 144, 128, 348, 116, 383, 194, 203],
    toleranceRatio: 0.25,
  },
  {
    policy: 'heroku-remaining',
    published: 3.07,
    rates: [3, 2, 1, 2, 3, 3, 2, 5, 4, 7],
    requests: [196, 269, 386, 302, 239, 197, 265, 150, 187, 118],
    toleranceRatio: 0.25,
  },
];

describe('retry rates of Heroku’s clients', async () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const loaded = await loadScenario('heroku-clients');
  const runs = await Promise.all(
    seeds.map(async (seed) => {
      const prepared = await prepare(loaded, { seed });
      return run({ ...prepared, version: '0', engine: new InlineEngine(prepared.plan, batchRows) });
    }),
  );
  const clientsOf = (policy: string) =>
    runs.map(({ results }) => results.find(({ clients }) => clients?.policy === policy)!.clients!); // it is in the scenario
  const rateOf = (policy: string) => 100 * mean(clientsOf(policy).map(({ retry_ratio }) => retry_ratio!));

  test.each(heroku)('$policy: of all requests, as the raw lists of the README have it', (row) => {
    const { policy, rates, requests, toleranceRatio } = row;
    const sent = requests.reduce((sum, count) => sum + count, 0);
    const measured = rates.reduce((sum, rate, at) => sum + rate * requests[at], 0) / sent;
    expect(Math.abs(rateOf(policy) / measured - 1)).toBeLessThan(toleranceRatio);
  });

  test.each(heroku)('$policy: near the published mean of $published %', ({ policy, published }) => {
    expect(Math.abs(rateOf(policy) / published - 1)).toBeLessThan(0.3);
  });

  test('the first two refuse far more than the last two', () => {
    const [backoff, gradual, ...others] = heroku.map(({ policy }) => rateOf(policy));
    expect(backoff).toBeGreaterThan(gradual * 1.5);
    expect(gradual).toBeGreaterThan(Math.max(...others) * 8);
  });

  test('nobody gets more than thirty minutes of 75 a minute, and the backoff gets all of it', () => {
    const done = heroku.map(({ policy }) => mean(clientsOf(policy).map((clients) => clients.done)));
    expect(Math.max(...done)).toBeLessThanOrEqual(30 * 75);
    expect(done[0]).toBeGreaterThan(30 * 75 - 2);
  });
});
