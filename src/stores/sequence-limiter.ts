import type { Sequence, SequenceDecision } from '../algorithms/sequence.ts';
import {
  type StoreDecision,
  StoreError,
  type StoreLimiter,
  type StoreRequest,
  type StoreUsage,
} from './store.ts';

/**
 * One decision gives up after so many operations: 8 rounds of gets and cas, each of which somebody else won. More rounds
 * decide less: what a hot key cannot take then comes several times (docs/decisions/stores-without-scripts.md).
 */
const mostOperations = 16;

interface Parts<Operation, Answer> {
  /** How to decide, for each limit of the row. */
  readonly sequences: readonly Sequence<Operation, Answer>[];
  /** Has one operation done. Rejects with StoreError. */
  execute(operation: Operation): Promise<Answer>;
  usage(decisions: number): Promise<StoreUsage>;
  /** Whether decisions on one name wait for each other; else they get in between each other, as those of several clients. */
  readonly inOrder: boolean;
}

/** Decides in a store without scripts: plays an algorithm's sequence, and does what it says. */
export class SequenceLimiter<Operation, Answer> implements StoreLimiter {
  readonly #parts: Parts<Operation, Answer>;
  readonly #last = new Map<string, Promise<unknown>>(); // for each name the decision that the next one waits for
  #decisions = 0;

  constructor(parts: Parts<Operation, Answer>) {
    this.#parts = parts;
  }

  async begin(): Promise<void> {}

  async decide({ limits, names, nowUs, cost }: StoreRequest): Promise<StoreDecision> {
    this.#decisions++;
    if (limits.length === 0) return { allowed: true, retryAfterUs: 0, delayUs: 0, atUs: nowUs };
    const request = { key: names[0], nowUs, cost };
    const work = () => this.#play(this.#parts.sequences[limits[0]](request));
    const decision = this.#parts.inOrder ? this.#afterOthers(names[0], work) : work();
    return { ...(await decision), atUs: nowUs };
  }

  usage(): Promise<StoreUsage> {
    return this.#parts.usage(this.#decisions);
  }

  #afterOthers<T>(name: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(name) ?? Promise.resolve()).then(work, work); // a failure is not the next one's
    this.#last.set(name, mine);
    const forget = () => {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    };
    mine.then(forget, forget);
    return mine;
  }

  async #play(sequence: Generator<Operation, SequenceDecision, Answer>): Promise<SequenceDecision> {
    let step = sequence.next();
    for (let operations = 0; !step.done; operations++) {
      if (operations === mostOperations) {
        throw new StoreError(
          'contention',
          `not decided after ${mostOperations} operations: others always came first`,
        );
      }
      step = sequence.next(await this.#parts.execute(step.value));
    }
    return step.value;
  }
}
