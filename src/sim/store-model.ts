import { exponential } from '../traffic/exponential.ts';
import { type Draw, stream } from '../traffic/random.ts';
import type { CalibratedRow } from './calibration.ts';
import { UsDistribution } from './meters/quantiles.ts';

/** Part of a decision alone that keeps the store busy: mean service over mean unloaded time. */
export function serviceShare({ unloaded_us, service_us }: Measurements): number {
  const mean = (unloaded_us.reduce((sum, us) => sum + us, 0) - (unloaded_us[0] + unloaded_us[100]) / 2) / 100;
  return service_us / mean;
}

/** Draws from a distribution that is known at equal shares, in straight lines between them. */
export function percentileSampler(percentiles: readonly number[], draw: Draw): () => number {
  return () => {
    const place = draw() * (percentiles.length - 1);
    const below = Math.floor(place);
    return percentiles[below] + (percentiles[below + 1] - percentiles[below]) * (place - below);
  };
}

type Measurements = Pick<CalibratedRow, 'unloaded_us' | 'service_us'>;

/**
 * A store as a queue of one server (M/G/1 when arrivals are Poisson), in the order of arrival. A decision takes what a
 * decision with no other under way was measured to take, and waits for those before it to be served:
 *   latency = wait + unloaded          wait' = max(0, wait + service − time to the next arrival)   (Lindley 1952)
 * Of the unloaded time a part is service: the mean service is 1 / saturation, and slow decisions are slow in service, so
 * service = unloaded × mean service / mean unloaded.
 */
export class StoreModel {
  readonly #serviceShare: number;
  readonly #drawUnloaded: () => number;
  #freeAtUs = 0;

  constructor(row: Measurements, draw: Draw) {
    this.#serviceShare = serviceShare(row);
    this.#drawUnloaded = percentileSampler(row.unloaded_us, draw);
  }

  /** Microseconds that a decision takes whose request arrives at `nowUs`, not before the one asked about last. */
  latencyUs(nowUs: number): number {
    const unloadedUs = this.#drawUnloaded();
    const waitUs = Math.max(0, this.#freeAtUs - nowUs);
    this.#freeAtUs = nowUs + waitUs + unloadedUs * this.#serviceShare;
    return waitUs + unloadedUs;
  }
}

/** Latency under Poisson arrivals at a rate. */
export function modelledLatency(
  row: Measurements,
  ratePerSecond: number,
  requests: number,
  seed: number,
): UsDistribution {
  const model = new StoreModel(row, stream(seed, 'store/service'));
  const arrivals = stream(seed, 'store/arrivals');
  const latency = new UsDistribution();
  let nowUs = 0;
  for (let request = 0; request < requests; request++) {
    nowUs += (exponential(arrivals) / ratePerSecond) * 1e6;
    latency.record(Math.round(model.latencyUs(nowUs)));
  }
  return latency;
}
