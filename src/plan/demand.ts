import type { Quota } from '../algorithms/algorithm.ts';
import type { Rule } from '../sim/rule.ts';
import type { KeyGroup } from './popularity.ts';
import type { Placement } from './slots.ts';

/** What is to be served. */
export interface Demand {
  /** Each request must pass all; each counts against its own key. */
  readonly rules: readonly Rule[];
  /** At the peak. */
  readonly ratePerSecond: number;
  readonly groups: readonly KeyGroup[];
  /** In words. */
  readonly popularity: string;
  /** Of Zipf's law, 0 where all keys are alike; undefined for keys that were counted. */
  readonly exponent?: number;
  readonly placement: Placement;
  /** Bytes of the name of a key's state, prefix included. */
  readonly nameBytes: number;
  /** How long a request is in flight, for limits of concurrency; undefined when nobody said. */
  readonly holdUs?: number;
  readonly replicas: number;
}

export function keysOf({ groups }: Pick<Demand, 'groups'>): number {
  return groups.reduce((sum, { keys }) => sum + keys, 0);
}

export function quotasOf({ rules }: Pick<Demand, 'rules'>): Quota[] {
  return rules.map(({ quota }) => quota);
}
