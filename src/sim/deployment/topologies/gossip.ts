import * as z from 'zod';
import { count, periodUs } from '../../../fields.ts';
import { durationsSchema } from '../../../traffic/amounts/index.ts';
import type { Draw } from '../../../traffic/random.ts';
import { Mail } from '../mail.ts';
import type { Network } from '../network.ts';
import { NodeDeciders } from '../node-deciders.ts';
import { Rounds } from '../rounds.ts';
import { type Taken, Tally } from '../tally.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';

const params = z.strictObject({
  every: periodUs.prefault('200ms').describe('how often a node passes on what it knows'),
  fanout: count.prefault(3).describe('nodes that it tells each time, chosen at random'),
  network: durationsSchema.prefault('250us').describe('delay of a message between nodes'),
});

export const gossip = defineTopology({
  name: 'gossip',
  title: 'Each node by itself, telling a few others at random, who tell others',
  weakness:
    'No request waits and no machine is special. News takes some rounds to reach everyone, and may miss a node: until then ' +
    'each admits what the limit still allows.',
  sources: [
    'A. Demers et al., Epidemic algorithms for replicated database maintenance, 1987',
    'hashicorp/memberlist, default LAN configuration: 200 ms, 3 nodes, 4 · ⌈log10(nodes + 1)⌉ transmissions',
  ],
  params,
  create: (settings, world) => new Gossip(settings, world),
});

/** What one node admitted in one round, and which nodes know of it. */
interface Rumour {
  readonly taken: readonly Taken[];
  readonly known: Uint8Array;
}

interface Passed {
  readonly to: number;
  readonly rumours: readonly Rumour[];
}

class Gossip implements Topology {
  readonly #fanout: number;
  readonly #world: World;
  readonly #network: Network;
  readonly #deciders: NodeDeciders;
  readonly #rounds: Rounds;
  readonly #peers: Draw;
  readonly #untold: readonly Tally[];
  readonly #mail: Mail<Passed>;
  /** For each node the rumours that it still passes on, and how many times. */
  readonly #spreading: Map<Rumour, number>[];
  #messages = 0;

  constructor({ fanout, every, network }: z.output<typeof params>, world: World) {
    this.#fanout = fanout;
    this.#world = world;
    this.#network = world.network(network);
    this.#deciders = new NodeDeciders(world);
    this.#rounds = new Rounds(world, every, 'gossip', (node) => this.#round(node));
    this.#peers = world.draw('peers');
    this.#untold = Array.from({ length: world.mostNodes }, () => new Tally(world.ttlUs));
    this.#mail = new Mail(world.loop, (passed) => this.#hear(passed));
    this.#spreading = Array.from({ length: world.mostNodes }, () => new Map());
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
    this.#spreading[node].clear();
  }

  figures(): Record<string, number> {
    return { gossip_messages: this.#messages };
  }

  #round(node: number): void {
    const own = this.#untold[node].drain(this.#world.loop.nowUs);
    if (own.length > 0) this.#learn(node, { taken: own, known: new Uint8Array(this.#world.mostNodes) });
    for (const to of this.#chosenPeers(node)) {
      const rumours = this.#passOn(node);
      if (rumours.length === 0) return;
      this.#messages++;
      if (this.#world.conditions.cutOff[to] === 0)
        this.#mail.send(this.#network.delayUs(node), { to, rumours });
    }
    if (this.#spreading[node].size > 0) this.#rounds.ask(node);
  }

  #learn(node: number, rumour: Rumour): void {
    rumour.known[node] = 1;
    this.#spreading[node].set(rumour, 4 * Math.ceil(Math.log10(this.#world.nodes() + 1)));
    this.#rounds.ask(node);
  }

  /** What a node still passes on, one more time. */
  #passOn(node: number): Rumour[] {
    const spreading = this.#spreading[node];
    const rumours = [...spreading.keys()];
    for (const [rumour, left] of spreading) {
      if (left === 1) spreading.delete(rumour);
      else spreading.set(rumour, left - 1);
    }
    return rumours;
  }

  #hear({ to, rumours }: Passed): void {
    for (const rumour of rumours) {
      if (rumour.known[to] === 1) continue;
      this.#deciders.absorbAll(to, rumour.taken);
      this.#learn(to, rumour);
    }
  }

  #chosenPeers(node: number): number[] {
    const others = Array.from({ length: this.#world.nodes() }, (_, other) => other).filter(
      (other) => other !== node,
    );
    const chosen: number[] = [];
    while (chosen.length < this.#fanout && others.length > 0) {
      chosen.push(...others.splice(Math.floor(this.#peers() * others.length), 1));
    }
    return chosen;
  }
}
