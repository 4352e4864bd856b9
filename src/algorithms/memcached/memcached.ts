/** What an algorithm has to say to be run in Memcached, and the sequences that serve any algorithm. */
import type { LimiterContext, Quota } from '../algorithm.ts';
import type { Sequence, Sequences, Step } from '../sequence.ts';

/** A command of Memcached's text protocol. `keepUs` becomes the TTL. */
export type MemcachedOperation =
  | { readonly command: 'get' | 'gets'; readonly key: string }
  | { readonly command: 'add' | 'set'; readonly key: string; readonly value: string; readonly keepUs: number }
  | {
      readonly command: 'cas';
      readonly key: string;
      readonly value: string;
      readonly keepUs: number;
      /** What `gets` answered: the write succeeds if nobody has written since. */
      readonly unique: string;
    }
  | { readonly command: 'incr' | 'decr'; readonly key: string; readonly by: number };

export interface MemcachedAnswer {
  /** False when a key was not found (get, gets, incr, decr), or was not written (add, cas). */
  readonly done: boolean;
  /** What the key holds: after get, gets, incr and decr. */
  readonly value?: string;
  /** After gets: the mark of this value, for cas. */
  readonly unique?: string;
}

export type MemcachedSequence = Sequence<MemcachedOperation, MemcachedAnswer>;
export type MemcachedSequences = Sequences<MemcachedOperation, MemcachedAnswer>;

/** The twin of an algorithm's limiter: decides alike, request by request. */
export type MemcachedTwin<Params> = (
  quota: Quota,
  params: Params,
  context: LimiterContext,
) => MemcachedSequences;

/** Reads, decides, and writes if nobody has written since; else starts again. The store ends what goes on for ever. */
export function compareAndSwap(step: Step): MemcachedSequence {
  return function* (request) {
    const { key } = request;
    for (;;) {
      const { value: state, unique } = yield { command: 'gets', key };
      const { decision, write } = step(state, request);
      if (!write) return decision;
      const { state: value, keepUs } = write;
      const { done } =
        unique === undefined
          ? yield { command: 'add', key, value, keepUs }
          : yield { command: 'cas', key, value, keepUs, unique };
      if (done) return decision;
    }
  };
}

/** Reads, decides, and writes whatever others have written since: two that read the same state both take from it. */
export function getThenSet(step: Step): MemcachedSequence {
  return function* (request) {
    const { key } = request;
    const found = yield { command: 'get', key };
    const { decision, write } = step(found.value, request);
    if (write) yield { command: 'set', key, value: write.state, keepUs: write.keepUs };
    return decision;
  };
}

/** For algorithms whose state is written as a whole. */
export function wholeState(step: Step): MemcachedSequences {
  return { atomic: compareAndSwap(step), 'get-then-set': getThenSet(step) };
}
