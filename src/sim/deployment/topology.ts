import type * as z from 'zod';
import type { Quota } from '../../algorithms/algorithm.ts';
import type { Draw } from '../../traffic/random.ts';
import type { Rule } from '../rule.ts';
import type { Attempts } from './attempts.ts';
import type { CalibratedStore, Times } from './calibrated.ts';
import type { Conditions } from './conditions.ts';
import type { Decider } from './decider.ts';
import type { EventLoop } from './event-loop.ts';
import type { Slots } from './key-slots.ts';
import type { Network } from './network.ts';

/** What a topology is built from, and what it may do. */
export interface World {
  readonly loop: EventLoop;
  readonly attempts: Attempts;
  readonly conditions: Conditions;
  /** The most nodes that there can be at once; they are numbered from 0. */
  readonly mostNodes: number;
  /** Nodes at work: those numbered below this. */
  nodes(): number;
  /** A stream of random numbers of its own for each use. */
  draw(use: string): Draw;
  /** `use`: whose messages it carries, where there are several. */
  network(delay: Times, use?: string): Network;
  /** What the store was measured to take, where the topology names a calibration. */
  readonly calibrated: CalibratedStore | undefined;
  /** What the first limit promises. */
  readonly quota: Quota;
  /** Who shares it. */
  readonly per: Rule['per'];
  /** A limiter of the row's algorithm. */
  decider(memory?: { readonly slots?: Slots | undefined; readonly times?: number }): Decider;
  /** How long the state of an idle key matters. */
  readonly ttlUs: number;
  /** For each time that the store is to be replaced, the microseconds of its latest knowledge that go with it. */
  readonly failOvers: readonly number[];
  /** The client has the answer that lies with the attempt, now. */
  answer(attempt: number): void;
}

/** Where the state of a limiter lives, and how the nodes that ask it come to their decisions. */
export interface Topology {
  /** An attempt arrives at a node, now. It is answered now or later, and in any case. */
  request(attempt: number, node: number): void;
  /** A node begins anew, with an empty memory. */
  restart(node: number): void;
  /** Whoever keeps the central state is replaced by a copy that lacks the last `losesUs` of what it knew. */
  failOver?(losesUs: number): void;
  /** What happened inside, by name. */
  figures?(): Readonly<Record<string, number>>;
}

/** All that is true of one topology. */
export interface TopologyKind<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** How far apart its decisions and the contract can be, in words. */
  readonly weakness: string;
  readonly sources: readonly string[];
  readonly params: Schema;
  create(params: z.output<Schema>, world: World): Topology;
}

/** Keeps the schema's type with the functions that take its output. */
export function defineTopology<Schema extends z.ZodObject>(kind: TopologyKind<Schema>): TopologyKind<Schema> {
  return kind;
}
