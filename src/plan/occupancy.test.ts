import { describe, expect, test } from 'vitest';
import { caseOf } from '../algorithms/testing/cases.ts';
import { quota } from '../algorithms/testing/limiters.ts';
import { findAlgorithm } from '../sim/selection.ts';
import { exponential } from '../traffic/exponential.ts';
import { stream } from '../traffic/random.ts';
import { occupancyOf } from './occupancy.ts';

const limit = quota('10/1m');
const periodUs = 60e6;
const periods = 4000;

function arrivals(ratePerSecond: number): number[] {
  const draw = stream(1, 'arrivals');
  const times: number[] = [];
  for (let at = 0; ; ) {
    at += Math.round((exponential(draw) / ratePerSecond) * 1e6) + 1;
    if (at > periods * periodUs) return times;
    times.push(at);
  }
}

/** Looks at the end of each period, when windows are fullest, whether a limiter still holds something back. */
function aliveShare(name: string, ratePerSecond: number): number {
  const algorithm = findAlgorithm(name);
  const limiter = caseOf(algorithm, { quota: limit, epochUs: 0 }).create();
  const rested = limiter.remaining(0, 0);
  let alive = 0;
  let endUs = periodUs;
  for (const atUs of arrivals(ratePerSecond)) {
    for (; endUs <= atUs; endUs += periodUs) if (limiter.remaining(0, endUs - 1) < rested) alive++;
    if (limiter.waitUs(0, atUs, 1) === 0) limiter.take(0, atUs, 1, 0);
  }
  return alive / periods;
}

describe('keys alive', () => {
  const rates = [0.002, 0.02, 0.1];

  test.each(
    ['fixed-window', 'sliding-window-log', 'token-bucket', 'leaky-bucket', 'gcra'].flatMap((name) =>
      rates.map((rate) => [name, rate] as const),
    ),
  )('%s at %d requests a second of one key: as often alive as its limiter holds something', (name, rate) => {
    const algorithm = findAlgorithm(name);
    const { forgotten } = algorithm.redis!.state(limit, algorithm.params.parse({})); // each of these has a twin
    expect(occupancyOf(forgotten, rate, limit, 0).alive).toBeCloseTo(aliveShare(name, rate), 1.5);
  });

  test('a request in flight is a key alive: M/G/∞', () => {
    const { alive, requests } = occupancyOf({ when: 'released' }, 2, quota('100/1s'), 500_000);
    expect(alive).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(alive * requests).toBeCloseTo(1, 12); // λT
  });

  test('what a key remembers is at least one request and never more than the quota lets in', () => {
    for (const when of ['idle', 'drained'] as const) {
      const at = (rate: number) => occupancyOf({ when, us: periodUs }, rate, limit, 0).requests;
      expect(at(1e-9)).toBeCloseTo(1, 6);
      expect(at(1e6)).toBe(10);
    }
  });
});
