import { describe, expect, test } from 'vitest';
import { Interrupted, ServiceError } from '../errors.ts';
import { overRuns, repeated, spreadOf } from './repeated.ts';
import type { RunResult } from './result.ts';
import { seedsOf } from './terms.ts';
import { planOf, runOn, streamed } from './testing/runs.ts';

const stream = {
  arrivals: { model: 'poisson', rate: '100/s' },
  keys: { model: 'uniform', count: 5 },
} as const;
const runOf = (seed: number): Promise<RunResult> =>
  runOn(streamed(stream, '3s', seed), planOf('10/1s', { algorithms: 'gcra,fixed-window' }), { seed });

describe('the spread of a figure', () => {
  test('is mean ± t · s / √n: t of 2 degrees of freedom is 4.302653 (any table of Student’s t)', () => {
    const { mean, ci95_low, ci95_high } = spreadOf([1, 2, 3])!;
    expect(mean).toBe(2);
    expect(ci95_high).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 6);
    expect(ci95_low).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 6);
  });

  test.each([
    [
      'equal values have no width',
      [0.1, 0.1, 0.1],
      { mean: 0.1, ci95_low: 0.1, ci95_high: 0.1, values: [0.1, 0.1, 0.1] },
    ],
    ['one value has no interval', [null, 5], { mean: 5, ci95_low: null, ci95_high: null, values: [null, 5] }],
    ['no value is no figure', [null, null], undefined],
  ])('%s', (_, values, spread) => expect(spreadOf(values)).toEqual(spread));
});

describe('repeated runs', () => {
  test('keep the first seed and know the figures of each', async () => {
    const results = await Promise.all([3, 4, 5].map(runOf));
    const all = await repeated(seedsOf(3, 3), runOf);
    expect(all.seed).toBe(3);
    expect(all.runs).toEqual({ count: 3, seeds: [3, 4, 5] });
    expect(all.results[1].runs?.['accuracy.over_admitted'].values).toEqual(
      results.map(({ results }) => results[1].accuracy.over_admitted),
    );
    const { runs, ...first } = all.results[0];
    expect({ ...first, throughput: null }).toEqual({ ...results[0].results[0], throughput: null });
  });

  test('an interruption keeps what was finished', async () => {
    const runThenStop = async (seed: number) => ({ ...(await runOf(seed)), partial: seed === 3 });
    expect(await repeated([1, 2, 3, 4], runThenStop)).toMatchObject({
      partial: true,
      runs: { seeds: [1, 2] },
      notes: [expect.stringContaining('Interrupted after 2 of 4 runs')],
    });
    const stopped = await repeated([3, 4], runThenStop);
    expect(stopped.partial).toBe(true);
    expect(stopped.runs).toBeUndefined();
  });

  test.each([
    ['interrupted', new Interrupted('interrupted'), 'Interrupted after 2 of 4 runs'],
    ['store', new ServiceError('redis://localhost: refused'), 'The store was lost after 2 of 4 runs'],
  ])('a run that cannot begin (%s) keeps what was finished', async (reason, error, note) => {
    const runUntil = (seed: number) => (seed === 3 ? Promise.reject(error) : runOf(seed));
    expect(await repeated([1, 2, 3, 4], runUntil)).toMatchObject({
      partial: true,
      partial_reason: reason,
      runs: { seeds: [1, 2] },
      notes: [expect.stringContaining(note)],
    });
    await expect(repeated([3, 4], runUntil)).rejects.toBe(error);
  });

  test('a store that is lost within a run is told as such', async () => {
    const runThenLose = async (seed: number) => ({
      ...(await runOf(seed)),
      ...(seed === 2 && { partial: true, partial_reason: 'store' as const }),
    });
    expect(await repeated([1, 2], runThenLose)).toMatchObject({ partial: true, partial_reason: 'store' });
  });

  test('a result over runs is one of the published schema', async () => {
    const { runSchema } = await import('./result.ts');
    expect(runSchema.safeParse(overRuns([await runOf(1), await runOf(2)])).success).toBe(true);
  });
});
