import * as z from 'zod';
import { NodeDeciders } from '../node-deciders.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';

const params = z.strictObject({
  split: z
    .enum(['none', 'even'])
    .default('none')
    .describe(
      'none: each node grants the whole limit; even: each an equal part of it, so a request weighs as many times its cost as there are nodes',
    ),
});

export const local = defineTopology({
  name: 'local',
  title: 'Each node by itself, in its own memory',
  weakness:
    'Nothing to wait for and nothing to fail. Whole limits let through up to nodes × limit; split limits refuse a key ' +
    'whose requests come to few of the nodes, and everything when there are more nodes than the limit has units.',
  sources: [
    'Envoy, local rate limit filter, local_cluster_rate_limit',
    'envoyproxy/ratelimit#377, envoyproxy/envoy#34230, envoyproxy/envoy#46702',
  ],
  params,
  create: (settings, world) => new Local(settings, world),
});

class Local implements Topology {
  readonly #isSplit: boolean;
  readonly #world: World;
  readonly #deciders: NodeDeciders;

  constructor({ split }: z.output<typeof params>, world: World) {
    this.#isSplit = split === 'even';
    this.#world = world;
    this.#deciders = new NodeDeciders(world);
  }

  request(attempt: number, node: number): void {
    this.#deciders.decide(attempt, node, this.#isSplit ? this.#world.nodes() : 1);
    this.#world.answer(attempt);
  }

  restart(node: number): void {
    this.#deciders.restart(node);
  }
}
