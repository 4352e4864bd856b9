/** Runs of one scenario on a store, in the tests' words. */
import type * as z from 'zod';
import { openStore } from '../../stores/index.ts';
import type { Store } from '../../stores/store.ts';
import type { AlgorithmResult, RunResult } from '../result.ts';
import { scenarioSchema } from '../scenario.ts';
import { parseSelections } from '../selection.ts';
import { compareOnStore, type OnStoreOptions } from './compare-on-store.ts';
import type { LiveOptions } from './options.ts';

export type ScenarioInput = z.input<typeof scenarioSchema>;

export const prefix = 'ratelimit:test:';

export const logical: LiveOptions = {
  clock: { kind: 'logical' },
  inFlight: 100,
  connections: 1,
  onStoreError: 'closed',
  awaitStoreMs: 5000,
};

export const wall: LiveOptions = { ...logical, clock: { kind: 'wall', speed: 1 }, inFlight: 1000 };

export function openTestStore(address: string, connections = 1, timeoutMs = 2000): Promise<Store> {
  return openStore(address, { prefix, timeoutMs, connections, env: {} });
}

/** 40 clients, a few of them much busier, that ask about twice as much as they may. */
export function busy(duration: string, rate: string, limit = '20/1s'): ScenarioInput {
  return {
    limit,
    duration,
    streams: [
      {
        name: 'clients',
        arrivals: { model: 'poisson', rate },
        keys: { model: 'zipf', count: '40', exponent: 1 },
        costs: { model: 'uniform', min: 0, max: 3 },
        durations: '30ms',
      },
    ],
  };
}

/** Opens the store at `address`, runs the scenario there, and closes it. */
export async function onStore(
  address: string,
  scenario: ScenarioInput,
  algorithms: string,
  extras: Partial<OnStoreOptions> & { readonly timeoutMs?: number } = {},
): Promise<RunResult> {
  const { live = logical, timeoutMs, ...rest } = extras;
  const store = await openTestStore(address, live.connections, timeoutMs);
  const options = { version: '0', prefix, signal: new AbortController().signal, onProgress: () => {} };
  try {
    return await compareOnStore(
      { name: 'test', scenario: scenarioSchema.parse(scenario) },
      { algorithms: parseSelections(algorithms) },
      { ...options, store, live, ...rest },
    );
  } finally {
    await store.close();
  }
}

/** For `onProgress`: calls `then` once, when the run has made some progress. */
export function onceUnderWay(then: () => void): () => void {
  let calls = 0;
  return () => {
    if (calls++ === 1) then();
  };
}

/** What has to be the same wherever the decisions were made. */
export function decided({ results }: RunResult) {
  return results.map(({ store, topology, throughput, live, memory, ...figures }: AlgorithmResult) => figures);
}
