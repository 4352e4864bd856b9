import * as z from 'zod';
import type { Quota } from '../../algorithms/algorithm.ts';
import { count, periodUs } from '../../fields.ts';
import type { Draw } from '../../traffic/random.ts';
import type { Works } from './works.ts';

/** What a client is told with a decision. One object, which is used again for each answer. */
export interface Answer {
  nowUs: number;
  /** Of a refusal: the wait that it names; Infinity when it names none. */
  retryAfterUs: number;
  /** Units that would pass now, as a RateLimit field tells; -1 when nobody told. */
  remaining: number;
  /** Time until more would pass; Infinity when nothing is used up. */
  moreInUs: number;
}

/** What the clients of one row do about answers. A client is a key; its units of work are told apart by their numbers. */
export interface Policy {
  /** Microseconds to wait before a unit of work is asked for the first time; 0 when absent. */
  beforeUs?(work: number, nowUs: number): number;
  /** Microseconds to wait before asking again for work that was refused; Infinity gives it up. */
  retryUs(work: number, answer: Answer): number;
  /** The work was admitted. */
  afterDone?(work: number, answer: Answer): void;
}

/** What a policy is built from. */
export interface Desk {
  readonly works: Works;
  /** What the first limit promises. */
  readonly quota: Quota;
  /** A stream of random numbers of its own for each use. */
  draw(use: string): Draw;
}

/** Settings that all clients have, whatever their policy is. */
export const habits = {
  give_up_after: periodUs
    .prefault('1m')
    .describe('how long a client wants a unit of work, from its arrival; then it is abandoned'),
  round_trip: periodUs
    .prefault('20ms')
    .describe('from an answer to the next request at a node, at the least: the way to the client and back'),
  in_flight: count
    .optional()
    .describe(
      'units of work that a client has under way at once, the rest waits in it; any number when left out',
    ),
};

/** What clients that try again have beside. */
export const retrying = {
  ...habits,
  max_attempts: count
    .optional()
    .describe('attempts at a unit of work, the first among them; any number when left out'),
};

/** How clients hear of times. */
export const wholeSeconds = z
  .boolean()
  .default(true)
  .describe('whether times are told in whole seconds, rounded up, as HTTP has it');

/** A time as clients hear of it, in microseconds. */
export function asTold(us: number, inWholeSeconds: boolean): number {
  return inWholeSeconds ? Math.ceil(us / 1e6) * 1e6 : us;
}

export type Habits = z.output<z.ZodObject<typeof retrying>>;

/** All that is true of one policy. */
export interface PolicyKind<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly params: Schema;
  /** Whether its clients read what is left of the limit, beside the retry-after. */
  readonly readsLimit?: true;
  create(params: z.output<Schema>, desk: Desk): Policy;
}

/** Keeps the schema's type with the functions that take its output. */
export function definePolicy<Schema extends z.ZodObject>(kind: PolicyKind<Schema>): PolicyKind<Schema> {
  return kind;
}
