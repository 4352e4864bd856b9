import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { openStore } from '../../stores/index.ts';
import { type EmbeddedRedis, startEmbeddedRedis } from '../../stores/redis/embedded.ts';
import type { Store } from '../../stores/store.ts';
import { InlineEngine } from '../engine.ts';
import { prepare } from '../prepare.ts';
import type { AlgorithmResult, RunResult } from '../result.ts';
import { run } from '../run.ts';
import { scenarioSchema } from '../scenario.ts';
import { allSelections } from '../selection.ts';
import { compareOnStore, type OnStoreOptions } from './compare-on-store.ts';
import type { LiveOptions } from './options.ts';

type ScenarioInput = z.input<typeof scenarioSchema>;

let server: EmbeddedRedis;
const opened: Store[] = [];

beforeAll(async () => {
  server = await startEmbeddedRedis();
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => server?.stop());

async function open(address = `unix://${server.socketPath}`, connections = 1): Promise<Store> {
  const store = await openStore(address, {
    prefix: 'ratelimit:test:',
    timeoutMs: 2000,
    connections,
    env: {},
  });
  opened.push(store);
  return store;
}

const logical: LiveOptions = {
  clock: { kind: 'logical' },
  inFlight: 100,
  connections: 1,
  onStoreError: 'closed',
};

async function onStore(
  scenario: ScenarioInput,
  extras: Partial<OnStoreOptions> & { readonly live?: LiveOptions } = {},
): Promise<RunResult> {
  return compareOnStore(
    { name: 'test', scenario: scenarioSchema.parse(scenario) },
    { algorithms: allSelections() },
    {
      version: '0',
      store: extras.store ?? (await open()),
      prefix: 'ratelimit:test:',
      live: logical,
      signal: new AbortController().signal,
      onProgress: () => {},
      ...extras,
    },
  );
}

async function onVirtualClock(scenario: ScenarioInput): Promise<RunResult> {
  const loaded = { name: 'test', scenario: scenarioSchema.parse(scenario) };
  const prepared = await prepare(loaded, { algorithms: allSelections() });
  return run({ ...prepared, version: '0', engine: new InlineEngine(prepared.plan, 4096) });
}

/** What has to be the same wherever the decisions were made. */
function decided({ results }: RunResult) {
  return results.map(({ store, topology, throughput, live, memory, ...figures }: AlgorithmResult) => figures);
}

const busy: ScenarioInput = {
  limit: '20/1s',
  duration: '5s',
  streams: [
    {
      name: 'clients',
      arrivals: { model: 'poisson', rate: '1k/s' },
      keys: { model: 'zipf', count: '40', exponent: 1 },
      costs: { model: 'uniform', min: 0, max: 3 },
      durations: '30ms',
    },
  ],
};

describe('in logical time', () => {
  test.each([1, 3])(
    'every algorithm decides as on the virtual clock, over %i connections',
    async (connections) => {
      const store = await open(`unix://${server.socketPath}`, connections);
      const live = { ...logical, connections };
      expect(decided(await onStore(busy, { store, live }))).toEqual(decided(await onVirtualClock(busy)));
    },
  );

  test('under several limits too, shared by tenants and by all', async () => {
    const tenants: ScenarioInput = {
      ...busy,
      limit: '20/1s+60/1s,per=tenant+200/1s,per=global',
      tenant_limits: { gold: '80/1s' },
      streams: [
        {
          name: 'tenants',
          arrivals: { model: 'poisson', rate: '1k/s' },
          keys: {
            model: 'tenants',
            tenants: [
              { name: 'gold', users: 5, weight: 2 },
              { name: 'free', users: 20, weight: 1 },
            ],
          },
          durations: '30ms',
        },
      ],
    };
    expect(decided(await onStore(tenants))).toEqual(decided(await onVirtualClock(tenants)));
  });

  test('tells what a decision costs the server, by its own counters', async () => {
    const { results } = await onStore(busy);
    for (const { live, store } of results) {
      expect(store).toBe('redis');
      expect(live?.cpu_us_per_decision).toBeGreaterThan(0.1);
      expect(live?.commands_per_decision).toBeGreaterThan(0.5);
      expect(live?.bytes_in_per_decision).toBeGreaterThan(50);
      expect(live?.reported_bytes_per_key).toBeGreaterThan(40);
      expect(live?.errors).toEqual({});
    }
  });

  test('leaves nothing behind', async () => {
    const store = await open();
    await onStore(busy, { store });
    const other = await open();
    const { default: Redis } = await import('ioredis');
    const redis = new Redis(server.socketPath);
    expect(await redis.keys('*')).toEqual([]);
    redis.disconnect();
    expect(other.kind).toBe('redis');
  });
});
