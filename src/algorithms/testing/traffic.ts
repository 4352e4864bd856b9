/** Random requests that crowd where limiters err: equal instants, edges of periods and emission intervals, long rests. */
import fc from 'fast-check';
import type { Quota } from '../algorithm.ts';
import type { Request } from './limiters.ts';

/** To the `steps`-th next multiple of `unitUs`, and `offUs` beside it; a unit of 0 is a plain step of `offUs`. */
interface Gap {
  readonly unitUs: number;
  readonly steps: number;
  readonly offUs: number;
}

interface TrafficOptions {
  readonly keys?: number;
  readonly maxLength?: number;
  /** Where aligned windows start: the same as the limiter's. */
  readonly epochUs?: number;
  readonly startUs?: number;
}

/** Half of the time all requests are of 1 unit, for which loops take short cuts. */
export function traffic(quota: Quota, options: TrafficOptions = {}): fc.Arbitrary<Request[]> {
  const { keys = 1, maxLength = 30, epochUs = 0, startUs = 0 } = options;
  const emissionUs = quota.periodUs / Math.max(quota.limit, 1);
  const request = fc.record({
    gap: gaps(quota.periodUs, emissionUs),
    key: fc.nat(keys - 1),
    cost: costs(quota),
    durationUs: fc.oneof(fc.constant(0), fc.nat(2 * quota.periodUs)),
  });
  const requests = fc.array(request, { minLength: 1, maxLength, size: 'max' });
  return fc.tuple(requests, fc.boolean()).map(([requests, ofUnits]) => {
    let nowUs = startUs;
    return requests.map(({ gap, cost, ...rest }) => {
      nowUs = after(nowUs, gap, epochUs);
      return { ...rest, cost: ofUnits ? 1 : cost, atUs: nowUs };
    });
  });
}

function gaps(periodUs: number, emissionUs: number): fc.Arbitrary<Gap> {
  const edge = (unitUs: number, maxSteps: number) =>
    fc.record({
      unitUs: fc.constant(unitUs),
      steps: fc.integer({ min: 1, max: maxSteps }),
      offUs: fc.integer({ min: -1, max: 1 }),
    });
  const plain = (maxUs: number) => fc.nat(maxUs).map((offUs) => ({ unitUs: 0, steps: 0, offUs }));
  return fc.oneof(
    { weight: 3, arbitrary: plain(1) },
    { weight: 3, arbitrary: edge(emissionUs, 3) },
    { weight: 2, arbitrary: edge(periodUs, 1) },
    { weight: 1, arbitrary: edge(periodUs, 12) },
    { weight: 2, arbitrary: plain(periodUs) },
  );
}

/** Mostly 1; also a peek, and what is just at or above what fits. */
function costs({ limit, burst }: Quota): fc.Arbitrary<number> {
  const most = Math.min(Math.max(limit, burst), 10) + 1;
  return fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 2, arbitrary: fc.nat(most) });
}

function after(nowUs: number, { unitUs, steps, offUs }: Gap, epochUs: number): number {
  if (unitUs === 0) return nowUs + offUs;
  const shiftUs = epochUs % unitUs;
  const edgeUs = Math.ceil((Math.floor((nowUs + shiftUs) / unitUs) + steps) * unitUs - shiftUs);
  return Math.max(nowUs, edgeUs + offUs);
}
