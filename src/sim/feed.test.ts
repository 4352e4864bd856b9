import { describe, expect, test } from 'vitest';
import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import type { SyntheticTraffic } from '../traffic/synthetic.ts';
import { InlineEngine } from './engine.ts';
import { run } from './run.ts';
import { allSelections, parseSelections } from './selection.ts';
import { planOf, runOn, streamed, withoutSpeed } from './testing/runs.ts';

const clients = {
  arrivals: { model: 'poisson', rate: '140k/s' },
  keys: { model: 'zipf', count: 4000, exponent: 1 },
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
  // A stretch is 1.9 s long; under the last limit it has more slots than are summed up.
  test.each([
    ['40/1s', allSelections()],
    ['9/1m', parseSelections('gcra,fixed-window')],
    ['30/7s,burst=3', parseSelections('token-bucket,leaky-bucket-queue')],
    ['3/100ms+9/7s', parseSelections('sliding-window-counter')],
    ['2/130us', parseSelections('sliding-window-log')],
    ['2/60us', parseSelections('gcra')],
  ])('come to the same figures as in the order of time, under %s', async (limit, algorithms) => {
    const plan = planOf(limit, { algorithms });
    const [byKey, inTime] = await Promise.all([
      runOn(streamed(clients, '8s'), plan, { rows: 2 ** 17 }),
      runOn(onlyInTime(streamed(clients, '8s')), plan, { rows: 5000 }),
    ]);
    expect(byKey.traffic.requests).toBeGreaterThan(2 ** 20);
    expect(withoutSpeed(byKey)).toEqual(withoutSpeed(inTime));
  });

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
    expect(partial.results[0]).toMatchObject({ requests: 30_000, memory: { keys: 2 } });
    expect(partial.notes).toEqual([
      'requests are taken key by key: between 0 µs and 1.87 s only the keys up to stream-1/key-2 had their turn',
    ]);
  });

  test('are all there when the run is interrupted between two stretches', async () => {
    const plan = planOf('40/1s', { algorithms: 'gcra' });
    const abort = new AbortController();
    class Interrupting extends InlineEngine {
      override take(batch: ArrivalBatch): void {
        super.take(batch);
        if (batch.length < 2 ** 16) abort.abort(); // the last of a stretch
      }
    }
    const source = streamed(clients, '8s');
    const options = { name: 'test', version: '0', seed: 1, plan, source, signal: abort.signal };
    const { traffic, notes, results } = await run({ ...options, engine: new Interrupting(plan, 2 ** 17) });
    expect(traffic.requests).toBe(262_556);
    expect(notes).toEqual([]);
    expect(results[0].memory.keys).toBeGreaterThan(3900);
  });
});
