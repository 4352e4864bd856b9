import { describe, expect, test } from 'vitest';
import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { SyntheticTraffic } from '../traffic/synthetic.ts';
import { InlineEngine } from './engine.ts';
import { run } from './run.ts';
import { allSelections } from './selection.ts';
import { planOf, runOn, streamed, withoutSpeed } from './testing/runs.ts';

const clients = {
  arrivals: { model: 'poisson', rate: '40k/s' },
  keys: { model: 'zipf', count: 900, exponent: 1 },
  durations: '80ms',
} as const;

/** Traffic that does not say that it can come by key. */
function onlyInTime(source: SyntheticTraffic): ArrivalSource {
  return {
    epochUs: source.epochUs,
    hasDurations: source.hasDurations,
    next: (batch) => source.next(batch),
    keyName: (key) => source.keyName(key),
    summary: () => source.summary(),
    close: () => source.close(),
  };
}

describe('requests that the source has by key', () => {
  // Stretches of 65,536 requests are 1.6 s long; under the last limit there are more slots in one than are summed up.
  test.each(['40/1s', '9/1m', '30/7s,burst=3', '3/100ms+9/7s', '2/120us', '2/50us'])(
    'come to the same figures as in the order of time, under %s',
    async (limit) => {
      const plan = planOf(limit, { algorithms: allSelections() });
      const [byKey, inTime] = await Promise.all([
        runOn(streamed(clients, '8s'), plan, { rows: 2 ** 17 }),
        runOn(onlyInTime(streamed(clients, '8s')), plan, { rows: 5000 }),
      ]);
      expect(byKey.traffic.requests).toBeGreaterThan(310_000);
      expect(withoutSpeed(byKey)).toEqual(withoutSpeed(inTime));
    },
  );

  test('are told by key when the run is interrupted within a stretch of time', async () => {
    const plan = planOf('40/1s', { algorithms: 'gcra' });
    const abort = new AbortController();
    class Interrupting extends InlineEngine {
      override take(batch: ArrivalBatch): void {
        super.take(batch);
        abort.abort();
      }
    }
    const source = streamed(clients, '8s');
    const options = { name: 'test', version: '0', seed: 1, plan, source, signal: abort.signal };
    const partial = await run({ ...options, engine: new Interrupting(plan, 30_000) });
    expect(partial).toMatchObject({
      partial: true,
      partial_reason: 'interrupted',
      traffic: { requests: 30_000 },
    });
    expect(partial.results[0]).toMatchObject({ requests: 30_000, memory: { keys: 18 } });
    expect(partial.notes).toEqual([
      'of the last 1.6 s only the requests of the keys up to stream-1/key-18 were used',
    ]);
  });

  test('are all there when the run is interrupted between two stretches', async () => {
    const plan = planOf('40/1s', { algorithms: 'gcra' });
    const abort = new AbortController();
    class Interrupting extends InlineEngine {
      #taken = 0;
      override take(batch: ArrivalBatch): void {
        super.take(batch);
        this.#taken += batch.length;
        if (this.#taken > 60_000) abort.abort();
      }
    }
    const source = streamed(clients, '8s');
    const options = { name: 'test', version: '0', seed: 1, plan, source, signal: abort.signal };
    const { traffic, notes, results } = await run({ ...options, engine: new Interrupting(plan, 2 ** 17) });
    expect(traffic.requests).toBe(64_150);
    expect(notes).toEqual([]);
    expect(results[0].memory.keys).toBeGreaterThan(890);
  });
});
