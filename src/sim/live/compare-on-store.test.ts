import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedRedis, startEmbeddedRedis } from '../../stores/redis/embedded.ts';
import { startCluster } from '../../stores/testing/redis-server.ts';
import { InlineEngine } from '../engine.ts';
import { prepare } from '../prepare.ts';
import type { RunResult } from '../result.ts';
import { run } from '../run.ts';
import { scenarioSchema } from '../scenario.ts';
import { allSelections } from '../selection.ts';
import { busy, decided, logical, onceUnderWay, onStore, type ScenarioInput, wall } from './testing.ts';

let server: EmbeddedRedis;
let address: string;

beforeAll(async () => {
  server = await startEmbeddedRedis();
  address = `unix://${server.socketPath}`;
});

afterAll(() => server?.stop());

async function onVirtualClock(scenario: ScenarioInput): Promise<RunResult> {
  const loaded = { name: 'test', scenario: scenarioSchema.parse(scenario) };
  const prepared = await prepare(loaded, { algorithms: allSelections() });
  return run({ ...prepared, version: '0', engine: new InlineEngine(prepared.plan, 4096) });
}

const tenants: ScenarioInput = {
  limit: '20/1s+60/1s,per=tenant+200/1s,per=global',
  tenant_limits: { gold: '80/1s' },
  duration: '5s',
  streams: [
    {
      name: 'tenants',
      arrivals: { model: 'poisson', rate: '1k/s' },
      keys: {
        model: 'tenants',
        tenants: [
          { name: 'gold', users: 5, weight: 2 },
          { name: 'free', users: 20 },
        ],
      },
      durations: '30ms',
    },
  ],
};

describe('in logical time', () => {
  const fiveSeconds = busy('5s', '1k/s');

  test.each([1, 3])(
    'every algorithm decides as on the virtual clock, over %i connections',
    async (connections) => {
      const live = { ...logical, connections };
      const result = await onStore(address, fiveSeconds, 'all', { live });
      expect(decided(result)).toEqual(decided(await onVirtualClock(fiveSeconds)));
    },
  );

  test('on ioredis-mock too, of which the result says that it is none', async () => {
    const short = busy('300ms', '500/s', '5/100ms');
    const result = await onStore('mock', short, 'all');
    expect(decided(result)).toEqual(decided(await onVirtualClock(short)));
    expect(result.results[0].store).toBe('mock');
    expect(result.notes.join()).toMatch(/ioredis-mock, which runs the scripts without a Redis/);
  });

  test('access=all runs the recipes that race beside the script, and the race shows', async () => {
    const { results } = await onStore(address, busy('5s', '1k/s', '5/1s'), 'fixed-window:access=all');
    const worst = Object.fromEntries(
      results.map(({ variant, accuracy }) => [variant, accuracy.worst_window_ratio!]),
    );
    expect(worst['']).toBeLessThanOrEqual(2);
    expect(worst['access=get-then-set']).toBeGreaterThan(4);
    expect(results.find(({ variant }) => variant === 'access=incr-then-expire')!.params).toMatchObject({
      access: 'incr-then-expire',
      count_rejected: true,
    });
  });

  test('under several limits too, shared by tenants and by all', async () => {
    expect(decided(await onStore(address, tenants, 'all'))).toEqual(decided(await onVirtualClock(tenants)));
  });

  test('and on a cluster, where the state of a decision has to lie in one slot', async () => {
    const nodes = await startCluster();
    try {
      const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
      const perTenant = { ...tenants, limit: '20/1s+60/1s,per=tenant' };
      const result = await onStore(`redis-cluster://${hosts}`, perTenant, 'all');
      expect(decided(result)).toEqual(decided(await onVirtualClock(perTenant)));
      expect(result.results[0].live).toMatchObject({
        errors: {},
        server: expect.stringContaining('3 masters'),
      });
    } finally {
      await Promise.all(nodes.map((node) => node.stop()));
    }
  });

  test('tells what a decision costs the server, by its own counters', async () => {
    const { results } = await onStore(address, fiveSeconds, 'all');
    for (const { live, store, topology } of results) {
      expect({ store, topology }).toEqual({ store: 'redis', topology: 'central' });
      expect(live?.cpu_us_per_decision).toBeGreaterThan(0.1);
      expect(live?.commands_per_decision).toBeGreaterThan(0.5);
      expect(live?.bytes_in_per_decision).toBeGreaterThan(50);
      expect(live?.reported_bytes_per_key).toBeGreaterThan(40);
      expect(live?.errors).toEqual({});
    }
  });

  test('leaves nothing behind, and touches nothing else', async () => {
    const redis = new Redis(server.socketPath);
    await redis.set('somebody', 'else');
    await onStore(address, fiveSeconds, 'all');
    expect(await redis.keys('*')).toEqual(['somebody']);
    await redis.del('somebody');
    redis.disconnect();
  });

  test('every key has a time to live while the run lasts', async () => {
    const redis = new Redis(server.socketPath);
    const controller = new AbortController();
    let without = 0;
    let seen = 0;
    await onStore(address, busy('10s', '1k/s'), 'all', {
      signal: controller.signal,
      onProgress: async () => {
        const keys = await redis.keys('*');
        const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
        seen += keys.length;
        without += lives.filter((ms) => ms === -1).length;
      },
    });
    redis.disconnect();
    expect(seen).toBeGreaterThan(0);
    expect(without).toBe(0);
  });
});

describe('in wall time', () => {
  test('requests are sent at their instants, and latency counts from there', async () => {
    const { results, traffic } = await onStore(address, busy('2s', '300/s'), 'gcra', { live: wall });
    const [{ requests, latency, live, throughput }] = results;
    expect(requests).toBe(traffic.requests);
    expect(latency).toMatchObject({ ...live!.decision_latency, measured: true });
    expect(live!.schedule_slip!.p50_us).toBeLessThanOrEqual(live!.decision_latency!.p50_us);
    expect(throughput.decisions_per_s).toBeLessThan(400); // not as fast as it goes
  });

  test('a server that stalls cannot hide it: all that should have been sent meanwhile is late', async () => {
    const { results } = await onStore(address, busy('2s', '300/s'), 'gcra', {
      live: { ...wall, inFlight: 10 },
      onProgress: onceUnderWay(() => {
        process.kill(server.pid, 'SIGSTOP');
        setTimeout(() => process.kill(server.pid, 'SIGCONT'), 500);
      }),
    });
    expect(results[0].latency.p90_us).toBeGreaterThan(100_000); // a quarter of all was due in the half second
    expect(results[0].live!.schedule_slip!.p90_us).toBeGreaterThan(100_000); // and most of that could not be sent
  });

  test('speed: time passes faster for requests and limits alike', async () => {
    const live = { ...wall, clock: { kind: 'wall', speed: 10 } } as const;
    const scenario = busy('10s', '200/s', '10/1s');
    const [fast] = (await onStore(address, scenario, 'token-bucket', { live })).results;
    const [exact] = (await onStore(address, scenario, 'token-bucket')).results;
    expect(fast.live!.speed).toBe(10);
    expect(fast.admitted / exact.admitted).toBeGreaterThan(0.9);
    expect(fast.admitted / exact.admitted).toBeLessThan(1.1);
  });

  test('an interruption ends the run at once, and what was sent is reported', async () => {
    const controller = new AbortController();
    const result = await onStore(address, busy('1h', '100/s'), 'gcra,fixed-window', {
      live: wall,
      signal: controller.signal,
      onProgress: onceUnderWay(() => controller.abort()),
    });
    expect(result.partial).toBe(true);
    expect(result.results.map(({ algorithm }) => algorithm)).toEqual(['gcra']);
    expect(result.traffic.requests).toBe(result.results[0].requests);
    expect(result.traffic.requests).toBeGreaterThan(10);
  });
});
