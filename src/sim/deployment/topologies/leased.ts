import * as z from 'zod';
import { grown } from '../../../algorithms/columns.ts';
import { count, periodUs } from '../../../fields.ts';
import { durationsSchema } from '../../../traffic/amounts/index.ts';
import { Coordinator } from '../leases/coordinator.ts';
import { shareRules } from '../leases/shares.ts';
import { Mail } from '../mail.ts';
import type { Network } from '../network.ts';
import { NodeDeciders } from '../node-deciders.ts';
import { Rounds } from '../rounds.ts';
import { type Taken, Tally } from '../tally.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';

/** Limits are counted in this part of a unit, so that shares need not divide them. */
const partsOfUnit = 100;

const params = z.strictObject({
  every: periodUs.prefault('1s').describe('how often a node asks the coordinator for its shares'),
  lease: periodUs.prefault('5s').describe('how long a share is held; also how long a new leader learns'),
  share: z
    .enum(['proportional', 'fair', 'equal'])
    .default('fair')
    .describe('by what rule a limit is shared among the nodes that want some of it'),
  safe: z
    .enum(['even', 'none'])
    .default('even')
    .describe('what a node may do without a lease: an even part of the limit, or nothing'),
  regions: count.prefault(1).describe('with more than one, each region leases for its nodes'),
  region_every: periodUs.prefault('5s').describe('how often a region asks for its share'),
  network: durationsSchema
    .prefault('250us')
    .describe('delay of a message between node and coordinator, one way'),
});

export const leased = defineTopology({
  name: 'leased',
  title: 'A coordinator leases parts of each limit to the nodes',
  weakness:
    'Never above the limit as long as leases hold, and no request waits. A demand that moves between nodes is refused until ' +
    'the shares have followed it; nodes without a lease are held to a safe part.',
  sources: [
    'youtube/doorman, doc/design.md and doc/algorithms.md',
    'quota allocation under a leader that etcd or ZooKeeper elect',
  ],
  params,
  create: (settings, world) => new Leased(settings, world),
});

interface Asked {
  readonly node: number;
  readonly wants: readonly Taken[];
}

interface Granted {
  readonly node: number;
  readonly shares: readonly { readonly key: number; readonly share: number }[];
}

class Leased implements Topology {
  readonly #settings: z.output<typeof params>;
  readonly #world: World;
  readonly #network: Network;
  readonly #deciders: NodeDeciders;
  readonly #rounds: Rounds;
  readonly #root: Coordinator;
  readonly #regions: readonly Coordinator[];
  readonly #wanted: readonly Tally[];
  readonly #share: Float64Array[];
  readonly #untilUs: Float64Array[];
  readonly #regionShare: Map<number, { share: number; untilUs: number }>[];
  readonly #toCoordinator: Mail<Asked>;
  readonly #toNode: Mail<Granted>;
  #withoutLease = 0;

  constructor(settings: z.output<typeof params>, world: World) {
    const { every, lease, share, regions, network } = settings;
    this.#settings = settings;
    this.#world = world;
    this.#network = world.network(network);
    this.#deciders = new NodeDeciders(world, partsOfUnit);
    this.#rounds = new Rounds(world, every, 'leases', (node) => this.#ask(node));
    this.#root = new Coordinator(shareRules[share], lease, regions);
    this.#regions = Array.from(
      { length: regions },
      () => new Coordinator(shareRules[share], lease, world.mostNodes),
    );
    this.#wanted = Array.from({ length: world.mostNodes }, () => new Tally(Number.POSITIVE_INFINITY));
    this.#share = this.#wanted.map(() => new Float64Array(0));
    this.#untilUs = this.#wanted.map(() => new Float64Array(0));
    this.#regionShare = this.#regions.map(() => new Map());
    this.#toCoordinator = new Mail(world.loop, (asked) => this.#grant(asked));
    this.#toNode = new Mail(world.loop, (granted) => this.#hold(granted));
  }

  request(attempt: number, node: number): void {
    const { attempts, loop } = this.#world;
    const place = attempt & attempts.mask;
    const key = this.#limitOf(place);
    this.#wanted[node].add(key, attempts.tenant[place], attempts.cost[place], loop.nowUs);
    this.#rounds.ask(node);
    const share = this.#shareOf(node, key);
    if (share > 0) this.#deciders.decide(attempt, node, Math.round(partsOfUnit / share));
    else this.#refuse(place);
    this.#world.answer(attempt);
  }

  restart(node: number): void {
    this.#deciders.restart(node);
    this.#untilUs[node].fill(0);
    this.#wanted[node].drain(this.#world.loop.nowUs);
  }

  /** The coordinator's successor knows nothing, however little was lost. */
  failOver(): void {
    for (const coordinator of [this.#root, ...this.#regions])
      coordinator.changeLeader(this.#world.loop.nowUs);
    for (const shares of this.#regionShare) shares.clear();
  }

  figures(): Record<string, number> {
    return { decided_without_lease: this.#withoutLease };
  }

  /** Whose limit an attempt counts against: it is limits that are leased, whoever asks. */
  #limitOf(place: number): number {
    const { attempts, per } = this.#world;
    if (per === 'key') return attempts.key[place];
    return per === 'tenant' ? attempts.tenant[place] : 0;
  }

  #shareOf(node: number, key: number): number {
    if ((this.#untilUs[node][key] ?? 0) > this.#world.loop.nowUs) return this.#share[node][key];
    this.#withoutLease++;
    return this.#settings.safe === 'even' ? 1 / this.#world.nodes() : 0;
  }

  #refuse(place: number): void {
    const { attempts } = this.#world;
    attempts.allowed[place] = 0;
    attempts.retryAfterUs[place] = this.#settings.every;
    attempts.delayUs[place] = 0;
  }

  #ask(node: number): void {
    this.#toCoordinator.send(this.#network.delayUs(node), {
      node,
      wants: this.#wanted[node].drain(this.#world.loop.nowUs),
    });
  }

  #grant({ node, wants }: Asked): void {
    if (this.#world.conditions.storeFailures > 0) return;
    const { limit, periodUs: lengthUs } = this.#world.quota;
    const region = node % this.#regions.length;
    const shares = wants.map(({ key, cost }) => {
      const share = (cost * lengthUs) / this.#settings.every / limit;
      const has = this.#share[node][key] ?? 0;
      const of = this.#regionShareOf(region, key, share);
      return { key, share: this.#regions[region].renew(node, key, share, has, of, this.#world.loop.nowUs) };
    });
    this.#toNode.send(this.#network.delayUs(node), { node, shares });
  }

  /** Regions are thought to be near enough to ask at once. */
  #regionShareOf(region: number, key: number, wants: number): number {
    if (this.#regions.length === 1) return 1;
    const { nowUs } = this.#world.loop;
    const known = this.#regionShare[region].get(key);
    if (known && known.untilUs > nowUs) return known.share;
    const wanted = Math.max(this.#regions[region].wanted(key, nowUs), wants);
    const share = this.#root.renew(region, key, wanted, known?.share ?? 0, 1, nowUs);
    this.#regionShare[region].set(key, { share, untilUs: nowUs + this.#settings.region_every });
    return share;
  }

  #hold({ node, shares }: Granted): void {
    const { attempts, loop } = this.#world;
    const limits = Math.max(attempts.keys, attempts.tenants);
    this.#share[node] = grown(this.#share[node], limits);
    this.#untilUs[node] = grown(this.#untilUs[node], limits);
    for (const { key, share } of shares) {
      this.#share[node][key] = share;
      this.#untilUs[node][key] = loop.nowUs + this.#settings.lease;
    }
  }
}
