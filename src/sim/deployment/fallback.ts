import * as z from 'zod';
import type { Decider } from './decider.ts';
import type { World } from './topology.ts';

export const onError = z
  .enum(['open', 'closed', 'local'])
  .default('open')
  .describe('what a node does without an answer: admit, refuse, or decide by a limiter of its own');

/** Decides what nobody answered for. `local` is a limiter in each node's memory, under the whole limit. */
export class Fallback {
  readonly #policy: z.output<typeof onError>;
  readonly #world: World;
  readonly #local: readonly Decider[];
  #used = 0;

  constructor(policy: z.output<typeof onError>, world: World) {
    this.#policy = policy;
    this.#world = world;
    this.#local = policy === 'local' ? Array.from({ length: world.mostNodes }, () => world.decider()) : [];
  }

  /** Attempts that it decided. */
  get used(): number {
    return this.#used;
  }

  /** The answer is left with the attempt. */
  decide(attempt: number): void {
    const { attempts, loop, conditions } = this.#world;
    const place = attempt & attempts.mask;
    const node = attempts.node[place];
    this.#used++;
    if (this.#policy === 'local') {
      this.#local[node].decide(attempt, conditions.clockUs(node, loop.nowUs));
      return;
    }
    attempts.allowed[place] = this.#policy === 'open' ? 1 : 0;
    attempts.retryAfterUs[place] = Number.POSITIVE_INFINITY; // nobody knows, so nothing is told
    attempts.delayUs[place] = 0;
  }

  restart(node: number): void {
    this.#local[node]?.forget();
  }
}
