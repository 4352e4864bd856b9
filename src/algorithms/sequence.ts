/**
 * How an algorithm decides in a store that runs no scripts: as a sequence of operations, each after the answer of the
 * one before. What to do is said here, without any input or output; the store does it.
 */

export interface SequenceRequest {
  /** Name of the state. */
  readonly key: string;
  /** Whole microseconds since the start of the run. */
  readonly nowUs: number;
  /** Whole units; 0 is a peek, which takes nothing. */
  readonly cost: number;
}

export interface SequenceDecision {
  readonly allowed: boolean;
  /** Microseconds until the same request would conform, Infinity for never; 0 when it was allowed. */
  readonly retryAfterUs: number;
  /** Microseconds for which an allowed request is to be held back. */
  readonly delayUs: number;
  /** Whole units that would pass now. */
  readonly remaining: number;
}

/** Yields operations, is given their answers, returns the decision. Others get in between, unless an operation forbids it. */
export type Sequence<Operation, Answer> = (
  request: SequenceRequest,
) => Generator<Operation, SequenceDecision, Answer>;

/** The ways to decide in one store, by the name that `access=` takes: the right one, and others that people use. */
export type Sequences<Operation, Answer> = Readonly<Record<string, Sequence<Operation, Answer>>> & {
  readonly atomic: Sequence<Operation, Answer>;
};

/** What to write, and for how many microseconds it matters. */
export interface Written {
  readonly state: string;
  readonly keepUs: number;
}

/**
 * One decision as a function of a key's state, which is a text, undefined before the first: for stores that can read it,
 * and write it back if nobody else has done so. Nothing is written where the state stays as it was.
 */
export type Step = (
  state: string | undefined,
  request: SequenceRequest,
) => { readonly decision: SequenceDecision; readonly write?: Written };

/** Two whole numbers in one text, exactly. */
export function pair(first: number, second: number): string {
  return `${first}:${second}`;
}

export function unpaired(text: string): [first: number, second: number] {
  const [first, second] = text.split(':');
  return [Number(first), Number(second)];
}
