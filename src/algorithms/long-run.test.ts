/** At saturation each limiter admits its limit in the long run, within one in a million, for awkward rates too. */
import { describe, expect, test } from 'vitest';
import type { Algorithm, Limiter, Quota } from './algorithm.ts';
import { algorithms } from './index.ts';
import { limiterOf, quota } from './testing/limiters.ts';

interface Run {
  readonly quota: Quota;
  readonly units: number;
  readonly startUs: number;
}

const sinceEpochUs = 1_764_000_000_123_457;

/** At least a million units, or as many as fit before 2^53 µs. */
const runs: readonly Run[] = [
  { quota: quota('7/1m', 3), units: 1_100_000, startUs: 0 },
  { quota: quota('7/1m', 3), units: 1_100_000, startUs: sinceEpochUs },
  { quota: quota('999983/1s', 10), units: 1_100_000, startUs: sinceEpochUs },
  { quota: quota('70000/1s', 2), units: 1_100_000, startUs: 0 },
  { quota: quota('3/1d', 2), units: 300_000, startUs: 0 },
  { quota: quota('999983/1d', 5), units: 1_100_000, startUs: sinceEpochUs }, // inexact above 2^53 ticks, by less than this law sees,
];

const withoutDurations = algorithms.filter(({ needsDurations }) => !needsDurations);
const combinations = withoutDurations.flatMap((algorithm) =>
  [{}, ...algorithm.variants.map(({ params }) => params)].flatMap((params) =>
    runs.map((run) => [nameOf(algorithm, params, run), algorithm, params, run] as const),
  ),
);

function nameOf({ name }: Algorithm, params: object, { quota, startUs }: Run): string {
  return `${name} ${JSON.stringify(params)} ${quota.limit}/${quota.periodUs}us from ${startUs}`;
}

describe('one client that asks again exactly when it is told to', () => {
  test.each(combinations)('%s', (_, algorithm, params, { quota, units, startUs }) => {
    const periods = Math.ceil(units / quota.limit);
    const fits = 'refill' in params ? { ...quota, burst: quota.limit } : quota; // a smaller bucket loses refills
    const admitted = admittedIn(periods * quota.periodUs, limiterOf(algorithm, fits, params), startUs);
    expect(Math.abs(admitted / (periods * quota.limit) - 1)).toBeLessThanOrEqual(1e-6);
  });
});

/** Units admitted in a span that starts when the first wait ends, so that no new bucket is in it. */
function admittedIn(spanUs: number, limiter: Limiter, startUs: number): number {
  let nowUs = startUs;
  for (; limiter.waitUs(0, nowUs, 1) === 0; limiter.take(0, nowUs, 1, 0));
  nowUs += limiter.waitUs(0, nowUs, 1);
  const endUs = nowUs + spanUs;
  let admitted = 0;
  while (nowUs < endUs) {
    limiter.take(0, nowUs, 1, 0);
    admitted++;
    nowUs += limiter.waitUs(0, nowUs, 1);
  }
  return admitted;
}
