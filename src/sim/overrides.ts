import type { Scenario } from './scenario.ts';
import type { Selection } from './selection.ts';

/** What the command line says over the scenario; each replaces what the scenario says of the same. */
export interface Overrides {
  readonly limit?: Scenario['limit'];
  readonly algorithms?: readonly Selection[];
  readonly topologies?: Scenario['topologies'];
  readonly nodes?: Scenario['nodes'];
  readonly clients?: Scenario['clients'];
  readonly faults?: Scenario['faults'];
  readonly seed?: number;
  readonly durationUs?: number;
  readonly ratePerSecond?: number;
  readonly keys?: number;
  readonly trace?: NonNullable<Scenario['trace']>;
  /** Largest share of trace lines that may be malformed. */
  readonly maxMalformedRatio?: number;
  readonly stdin?: NodeJS.ReadableStream;
}
