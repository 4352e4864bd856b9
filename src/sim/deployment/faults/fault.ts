import type * as z from 'zod';
import { count, durationUs, periodUs } from '../../../fields.ts';
import type { Conditions } from '../conditions.ts';
import type { Topology } from '../topology.ts';

/** What a fault may touch. */
export interface Scene {
  readonly nowUs: number;
  readonly conditions: Conditions;
  readonly topology: Topology;
  readonly mostNodes: number;
}

/** All that is true of one kind of fault. */
export interface FaultKind<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** What it is set by, beside `at` and, where it has an end, `for`. */
  readonly params: Schema;
  begin(params: z.output<Schema>, scene: Scene): void;
  /** Absent for what happens in an instant. */
  end?(params: z.output<Schema>, scene: Scene): void;
}

/** Keeps the schema's type with the functions that take its output. */
export function defineFault<Schema extends z.ZodObject>(kind: FaultKind<Schema>): FaultKind<Schema> {
  return kind;
}

export const at = durationUs.describe('when it begins');
export const length = periodUs.describe('how long it lasts');
export const someNodes = count
  .optional()
  .describe('how many nodes it hits, from the first on; all when left out');

/** The nodes that a fault hits. */
export function nodesHit(nodes: number | undefined, { mostNodes }: Scene): number[] {
  return Array.from({ length: Math.min(nodes ?? mostNodes, mostNodes) }, (_, node) => node);
}
