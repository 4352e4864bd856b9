import * as z from 'zod';
import { count } from '../../../fields.ts';
import { durationsSchema } from '../../../traffic/amounts/index.ts';
import { RenewableKeys } from '../key-slots.ts';
import { Lineage, type Write } from '../lineage.ts';
import { Mail } from '../mail.ts';
import type { Network } from '../network.ts';
import { defineTopology, type Topology, type World } from '../topology.ts';
import { CentralStore, storeParams } from './central-store.ts';

const params = z.strictObject({
  regions: count
    .prefault(2)
    .describe('regions, over which the nodes are dealt out in turn; each has a store'),
  lag: durationsSchema.prefault('1s').describe('until a write has arrived in the other regions'),
  merge: z
    .enum(['sum', 'last-writer-wins'])
    .default('sum')
    .describe(
      'what becomes of writes to one key in two regions: all of them count, or the later item replaces the other',
    ),
  ...storeParams,
});

export const multiRegion = defineTopology({
  name: 'multi-region',
  title: 'A store in each region, which the others hear of later',
  weakness:
    'Within the lag every region grants the whole limit: up to regions × limit. Where the last writer wins, what was taken in ' +
    'the other region is lost for good.',
  sources: [
    'M. Shapiro et al., A comprehensive study of convergent and commutative replicated data types, 2011 (counters)',
    'Amazon DynamoDB Developer Guide, Global tables: last writer wins',
  ],
  params,
  create: (settings, world) => new MultiRegion(settings, world),
});

interface Replicated {
  readonly to: number;
  readonly item: Write;
}

class MultiRegion implements Topology {
  readonly #world: World;
  readonly #merge: 'sum' | 'last-writer-wins';
  readonly #lag: Network;
  readonly #stores: readonly CentralStore[];
  readonly #lineages: readonly Lineage[];
  readonly #mail: Mail<Replicated>;

  constructor({ regions, lag, merge, ...store }: z.output<typeof params>, world: World) {
    const slots = Array.from({ length: regions }, () => new RenewableKeys());
    this.#world = world;
    this.#merge = merge;
    this.#lag = world.network(lag, 'replication');
    this.#mail = new Mail(world.loop, (replicated) => this.#arrive(replicated));
    this.#stores = slots.map((own, region) => {
      const onDecided = (attempt: number, nowUs: number) => this.#replicate(region, attempt, nowUs);
      return new CentralStore(store, world, { name: `region-${region}`, slots: own, onDecided });
    });
    this.#lineages = slots.map(
      (own, region) => new Lineage(() => this.#stores[region].decider, own, world.ttlUs),
    );
  }

  request(attempt: number, node: number): void {
    this.#stores[node % this.#stores.length].request(attempt, node);
  }

  restart(node: number): void {
    this.#stores[node % this.#stores.length].restart(node);
  }

  /** It is the first region's store that dies. */
  failOver(losesUs: number): void {
    this.#stores[0].failOver(losesUs);
  }

  figures(): Record<string, number> {
    const each = this.#stores.map((store) => store.figures());
    const total = (name: string) => each.reduce((sum, figures) => sum + figures[name], 0);
    return Object.fromEntries(Object.keys(each[0]).map((name) => [name, total(name)]));
  }

  #replicate(from: number, attempt: number, atUs: number): void {
    const { attempts } = this.#world;
    const place = attempt & attempts.mask;
    if (attempts.allowed[place] === 0 || attempts.cost[place] === 0) return;
    const item = this.#lineages[from].write({
      key: attempts.key[place],
      tenant: attempts.tenant[place],
      cost: attempts.cost[place],
      durationUs: attempts.durationUs[place],
      atUs,
    });
    for (let to = 0; to < this.#stores.length; to++) {
      if (to !== from) this.#mail.send(this.#lag.delayUs(from), { to, item });
    }
  }

  #arrive({ to, item }: Replicated): void {
    if (this.#merge === 'last-writer-wins') this.#lineages[to].receive(item);
    else this.#stores[to].absorb(item);
  }
}
