import * as z from 'zod';
import { periodUs } from '../../../fields.ts';
import { durationsSchema } from '../../../traffic/amounts/index.ts';
import { Mail } from '../mail.ts';
import type { Network } from '../network.ts';
import { NodeDeciders } from '../node-deciders.ts';
import { Rounds } from '../rounds.ts';
import { type Taken, Tally } from '../tally.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';

const params = z.strictObject({
  every: periodUs.prefault('1s').describe('how often a node tells what it admitted, and hears of the others'),
  network: durationsSchema.prefault('250us').describe('delay of a message between node and store, one way'),
  discards: z
    .boolean()
    .default(false)
    .describe('whether what could not be told is forgotten, or told in the next round'),
});

export const synced = defineTopology({
  name: 'synced',
  title: 'Each node by itself, telling the others from time to time',
  weakness:
    'No request waits. In one interval nobody knows of the others, so each node admits by itself what the limit still allows: ' +
    'up to nodes × limit within an interval.',
  sources: [
    'Kong/kong, kong/plugins/rate-limiting, sync_rate; Kong/kong#6723, Kong/kong#6724',
    'gubernator-io/gubernator, global.go, behaviour GLOBAL (an owner that hears and tells every GlobalSyncWait)',
  ],
  params,
  create: (settings, world) => new Synced(settings, world),
});

interface Told {
  readonly from: number;
  readonly taken: readonly Taken[];
}

class Synced implements Topology {
  readonly #settings: z.output<typeof params>;
  readonly #world: World;
  readonly #network: Network;
  readonly #deciders: NodeDeciders;
  readonly #rounds: Rounds;
  readonly #untold: readonly Tally[];
  readonly #unheard: readonly Tally[];
  readonly #toStore: Mail<Told>;
  readonly #toNode: Mail<{ readonly node: number; readonly taken: readonly Taken[] }>;
  #messages = 0;

  constructor(settings: z.output<typeof params>, world: World) {
    const tallies = () => Array.from({ length: world.mostNodes }, () => new Tally(world.ttlUs));
    this.#settings = settings;
    this.#world = world;
    this.#network = world.network(settings.network);
    this.#deciders = new NodeDeciders(world);
    this.#rounds = new Rounds(world, settings.every, 'sync', (node) => this.#sync(node));
    this.#untold = tallies();
    this.#unheard = tallies();
    this.#toStore = new Mail(world.loop, (told) => this.#store(told));
    this.#toNode = new Mail(world.loop, ({ node, taken }) => this.#deciders.absorbAll(node, taken));
  }

  request(attempt: number, node: number): void {
    const { attempts, loop } = this.#world;
    const place = attempt & attempts.mask;
    this.#deciders.decide(attempt, node);
    if (attempts.allowed[place] === 1) {
      this.#untold[node].add(attempts.key[place], attempts.tenant[place], attempts.cost[place], loop.nowUs);
      this.#rounds.ask(node);
    }
    this.#world.answer(attempt);
  }

  restart(node: number): void {
    this.#deciders.restart(node);
    this.#untold[node].drain(this.#world.loop.nowUs);
  }

  figures(): Record<string, number> {
    return { sync_messages: this.#messages };
  }

  #sync(node: number): void {
    const thereUs = this.#network.delayUs(node);
    if (thereUs === Number.POSITIVE_INFINITY || this.#world.conditions.storeFailures > 0) {
      if (this.#settings.discards) this.#untold[node].drain(this.#world.loop.nowUs);
      this.#rounds.ask(node);
      return;
    }
    this.#messages++;
    this.#toStore.send(thereUs, { from: node, taken: this.#untold[node].drain(this.#world.loop.nowUs) });
  }

  /** The store adds up what it is told, and answers with what the node has not heard of. */
  #store({ from, taken }: Told): void {
    for (let node = 0; node < this.#world.nodes(); node++) {
      if (node === from || taken.length === 0) continue;
      for (const { key, tenant, cost } of taken)
        this.#unheard[node].add(key, tenant, cost, this.#world.loop.nowUs);
      this.#rounds.ask(node);
    }
    this.#toNode.send(this.#network.delayUs(from), {
      node: from,
      taken: this.#unheard[from].drain(this.#world.loop.nowUs),
    });
  }
}
