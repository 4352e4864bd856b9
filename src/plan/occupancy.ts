/**
 * How much of the time a key has state, and how many requests that state remembers, when the key's requests come as a
 * Poisson process of rate λ.
 * - idle for T after the last request: state is there when a request came within T, 1 − e^(−λT); λT more came before it.
 *   With aligned windows this is the end of the window, where all keys of the window are there together.
 * - drained, T a request: a queue whose server is busy for min(1, λT) of the time (Little 1961), refusals left out.
 * - released after a request of length T: M/G/∞, 1 − e^(−λT); λT in flight.
 */
import type { Quota } from '../algorithms/algorithm.ts';
import type { Forgetting } from '../algorithms/redis/state.ts';

export interface Occupancy {
  /** Share of the time, or of many such keys, 0 to 1. */
  readonly alive: number;
  /** Requests that the state remembers while it is there, at least 1 and within what the quota lets in. */
  readonly requests: number;
}

export function occupancyOf(
  forgotten: Forgetting,
  ratePerSecond: number,
  { limit, burst }: Quota,
  holdUs: number,
): Occupancy {
  const load = ratePerSecond * ((forgotten.when === 'released' ? holdUs : forgotten.us) / 1e6);
  switch (forgotten.when) {
    case 'idle':
      return { alive: -Math.expm1(-load), requests: within(1 + load, limit) };
    case 'drained':
      return {
        alive: Math.min(1, load),
        requests: load < 1 ? within(1 / (1 - load), burst) : within(burst, burst),
      };
    case 'released': {
      const alive = -Math.expm1(-load);
      return { alive, requests: within(alive === 0 ? 1 : load / alive, limit) };
    }
  }
}

function within(requests: number, most: number): number {
  return Math.max(1, Math.min(requests, most));
}
