import * as z from 'zod';
import type { Decider } from '../decider.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';

export const ideal = defineTopology({
  name: 'ideal',
  title: 'One place that decides at once',
  weakness: 'None of its own: what is wrong is the algorithm. No network is like this.',
  sources: [],
  params: z.strictObject({}),
  create: (_, world) => new Ideal(world),
});

class Ideal implements Topology {
  readonly #world: World;
  readonly #decider: Decider;

  constructor(world: World) {
    this.#world = world;
    this.#decider = world.decider();
  }

  request(attempt: number): void {
    this.#decider.decide(attempt, this.#world.loop.nowUs);
    this.#world.answer(attempt);
  }

  restart(): void {}

  failOver(losesUs: number): void {
    if (losesUs === Number.POSITIVE_INFINITY) this.#decider.forget();
  }
}
