/** What holds for all clients, on random work. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsInTimeFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { deployed, deploymentOf, requestsEvery } from '../deployment/testing.ts';
import { testKeys } from '../testing/batches.ts';
import { ListedTraffic, planOf, runOn, withoutSpeed } from '../testing/runs.ts';
import { parseClients } from './clients.ts';
import { policies } from './policies/index.ts';
import { resultsWith, resultWith } from './testing.ts';

const work = traffic(quota('3/1s'), { keys: testKeys, maxLength: 40 });
const limit = '3/1s';
const places = ['ideal', 'central', 'local', 'synced', 'leased'];

const clients = fc
  .record({
    policy: fc.constantFrom(...policies.map(({ name }) => name)),
    inFlight: fc.constantFrom('', ':in_flight=1', ':in_flight=3'),
    patience: fc.constantFrom(':give_up_after=1500ms', ':give_up_after=20s'),
  })
  .map(({ policy, inFlight, patience }) => `${policy}${inFlight}${patience}`);

test('work is done or abandoned, and every attempt is a first try or a retry', async () => {
  const cases = fc.tuple(work, clients, fc.constantFrom(...places));
  await holdsInTimeFor(cases, async ([rows, text, topology]) => {
    const given = { limit, topology, algorithms: 'gcra,fixed-window', nodes: 2 };
    for (const { clients, requests } of await resultsWith(text, rows, given)) {
      const { offered, done, abandoned, attempts, retries, time_to_done } = clients!;
      expect(offered).toBe(rows.length);
      expect(done + abandoned).toBe(offered);
      expect(attempts).toBe(requests);
      expect(attempts - retries).toBeLessThanOrEqual(offered);
      expect(attempts - retries).toBeGreaterThanOrEqual(done);
      expect(time_to_done?.max_us ?? 0).toBeLessThanOrEqual(text.includes('1500ms') ? 1.5e6 : 20e6);
      expect(sum(clients!.timeline.offered)).toBe(offered);
      expect(sum(clients!.timeline.done)).toBe(done);
      expect(clients!.timeline.backlog.at(-1)).toBe(0);
      expect(Math.min(...clients!.timeline.backlog)).toBe(0);
    }
  });
});

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

test('who has nothing to wait for asks for all of its work, and no more often than it may', async () => {
  const others = ['immediate', 'fixed', 'exponential', 'retry-after', 'heroku-backoff'];
  const names = fc.constantFrom('none', ...others.map((name) => `${name}:max_attempts=3`));
  await holdsInTimeFor(fc.tuple(work, names), async ([rows, name]) => {
    const { clients } = await resultWith(name, rows, { limit });
    expect(clients.attempts - clients.retries).toBe(rows.length);
    expect(clients.attempts).toBeLessThanOrEqual((name === 'none' ? 1 : 3) * rows.length);
  });
});

describe.each([...places, 'gossip', 'multi-region'])('%s', (topology) => {
  test('clients that never retry change no decision', async () => {
    await holdsInTimeFor(work, async (rows) => {
      const plan = planOf(limit);
      const alone = deployed(plan, deploymentOf(topology, { nodes: 3 }));
      const { results } = await runOn(new ListedTraffic(rows), alone);
      const heard = await resultsWith('none', rows, { limit, algorithms: 'all', topology, nodes: 3 });
      const figures = heard.map(({ clients, throughput, ...row }) => row);
      expect(figures).toEqual(results.map(({ throughput, ...row }) => row));
    });
  });
});

test('the same seed gives the same figures, another seed other jitter', async () => {
  const run = (seed: number) => {
    const deployment = {
      ...deploymentOf('central', { nodes: 2, seed }),
      clients: parseClients('exponential')[0],
    };
    const plan = deployed(planOf(limit, { algorithms: 'gcra,fixed-window' }), deployment);
    return runOn(new ListedTraffic(requestsEvery('20ms', 60)), plan); // far above the limit
  };
  const [one, same, other] = (await Promise.all([run(1), run(1), run(2)])).map(withoutSpeed);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test('alone with an exact limiter, a client that obeys the retry-after gets through with its second attempt', async () => {
  const small = work.map((rows) => rows.map((row) => ({ ...row, key: 0, cost: Math.min(row.cost, 3) })));
  await holdsInTimeFor(small, async (rows) => {
    for (const exact of ['true', 'false']) {
      const text = `retry-after:max_attempts=2:in_flight=1:give_up_after=10m:whole_seconds=${exact}`;
      for (const { clients } of await resultsWith(text, rows, {
        limit,
        algorithms: 'gcra,token-bucket,sliding-window-log',
      })) {
        expect(clients).toMatchObject({ done: rows.length, abandoned: 0 });
      }
    }
  });
});
