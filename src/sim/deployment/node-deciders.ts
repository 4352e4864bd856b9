import type { Decider } from './decider.ts';
import type { Taken } from './tally.ts';
import type { World } from './topology.ts';

/** A limiter in the memory of each node, which goes by the node's clock. */
export class NodeDeciders {
  readonly #world: World;
  readonly #deciders: readonly Decider[];

  /** Under `times` the scenario's limits, for limiters whose requests weigh more than they cost. */
  constructor(world: World, times = 1) {
    this.#world = world;
    this.#deciders = Array.from({ length: world.mostNodes }, () => world.decider({ times }));
  }

  decide(attempt: number, node: number, weight = 1): void {
    this.#deciders[node].decide(attempt, this.#clockUs(node), weight);
  }

  /** Takes at one node what was let through at others. */
  absorbAll(node: number, all: readonly Taken[]): void {
    const nowUs = this.#clockUs(node);
    for (const { key, tenant, cost } of all) this.#deciders[node].absorb(key, tenant, cost, nowUs);
  }

  restart(node: number): void {
    this.#deciders[node].forget();
  }

  #clockUs(node: number): number {
    return this.#world.conditions.clockUs(node, this.#world.loop.nowUs);
  }
}
