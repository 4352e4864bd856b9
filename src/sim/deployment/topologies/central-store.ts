import * as z from 'zod';
import { count, periodUs } from '../../../fields.ts';
import { durationsSchema } from '../../../traffic/amounts/index.ts';
import { ConnectionPool } from '../connection-pool.ts';
import type { Decider } from '../decider.ts';
import { DenialCache } from '../denial-cache.ts';
import { Fallback, onError } from '../fallback.ts';
import { EvictingKeys, type Slots } from '../key-slots.ts';
import type { Network } from '../network.ts';
import { Standby } from '../standby.ts';
import { StoreServer } from '../store-server.ts';
import type { Taken } from '../tally.ts';
import type { Topology, World } from '../topology.ts';

/** Settings of a store and the way to it. */
export const storeParams = {
  network: durationsSchema.prefault('250us').describe('delay of a message between node and store, one way'),
  service: durationsSchema.prefault('20us').describe('how long a request keeps the store busy'),
  connections: count
    .optional()
    .describe('requests that a node may have with the store at once; without it, any number'),
  timeout: periodUs.prefault('20ms').describe('how long a node waits for an answer'),
  on_error: onError,
  access: z
    .enum(['atomic', 'read-then-write'])
    .default('atomic')
    .describe(
      'one step in the store; or a node reads, decides, and counts afterwards: others get in between',
    ),
  clock: z.enum(['store', 'node']).default('store').describe('whose clock a decision goes by'),
  denial_cache: z
    .boolean()
    .default(false)
    .describe('whether a node remembers a refusal until its retry-after, and refuses by itself until then'),
};

/** How far an attempt has come. */
const stage = { waiting: 0, asking: 1, counting: 2 } as const;

type Settings = z.output<z.ZodObject<typeof storeParams>> & {
  /** Keys that fit into the store; any number when left out. */
  readonly max_keys?: number | undefined;
};

/** What sets one store apart from others of the same deployment. */
interface OneOfSeveral {
  /** Whose random numbers it draws. */
  readonly name: string;
  readonly slots: Slots;
  /** Hears of each decision, when the store writes it. */
  onDecided(attempt: number, nowUs: number): void;
}

/** Nodes that ask one store. */
export class CentralStore implements Topology {
  readonly #settings: Settings;
  readonly #world: World;
  readonly #wayThere: Network;
  readonly #wayBack: Network;
  readonly #store: StoreServer;
  readonly #fallback: Fallback;
  readonly #pool: ConnectionPool;
  readonly #denials: DenialCache | undefined;
  readonly #atStore: number;
  readonly #atNode: number;
  readonly #atDeadline: number;
  readonly #isOpen = (attempt: number) => this.#world.attempts.isOpen(attempt);
  readonly #several: OneOfSeveral | undefined;
  readonly #evicting: EvictingKeys | undefined;
  #decider: Decider;
  #standbys: readonly Standby[];

  constructor(settings: Settings, world: World, several?: OneOfSeveral) {
    const { network, service, on_error, connections = Number.POSITIVE_INFINITY, max_keys } = settings;
    const name = several?.name ?? 'store';
    this.#settings = settings;
    this.#world = world;
    this.#several = several;
    const { there = network, back, service: busy = service } = world.calibrated ?? {};
    this.#wayThere = world.network(there, `${name}/network`);
    this.#wayBack = back ? world.network(back, `${name}/network/back`) : this.#wayThere;
    this.#store = new StoreServer(busy, world.conditions, world.draw(`${name}/service`));
    this.#fallback = new Fallback(on_error, world);
    this.#pool = new ConnectionPool(connections, world.mostNodes);
    this.#denials = settings.denial_cache ? new DenialCache(world) : undefined;
    this.#atStore = world.loop.handler((attempt) => this.#serve(attempt));
    this.#atNode = world.loop.handler((attempt) => this.#receive(attempt));
    this.#atDeadline = world.loop.handler((attempt) => this.#giveUp(attempt));
    this.#evicting = max_keys === undefined ? undefined : new EvictingKeys(max_keys);
    this.#decider = world.decider({ slots: several?.slots ?? this.#evicting });
    this.#standbys = world.failOvers.map(() => {
      const slots = max_keys === undefined ? undefined : new EvictingKeys(max_keys);
      return new Standby(world, Math.max(...world.failOvers), slots);
    });
  }

  /** What decides in the store. */
  get decider(): Decider {
    return this.#decider;
  }

  /** Counts units that were let through elsewhere, now. */
  absorb({ key, tenant, cost }: Taken): void {
    const decided = { key, tenant, cost, durationUs: 0, atUs: this.#world.loop.nowUs, allowed: true };
    this.#decider.follow(decided);
    for (const standby of this.#standbys) standby.hear(decided);
  }

  request(attempt: number, node: number): void {
    if (this.#denials?.refuses(attempt, node)) {
      this.#world.answer(attempt);
    } else if (this.#pool.enter(node, attempt)) {
      this.#set(attempt, stage.asking);
      this.#send(attempt, node);
    } else {
      this.#schedule(Number.POSITIVE_INFINITY, this.#atNode, attempt);
    }
  }

  restart(node: number): void {
    this.#fallback.restart(node);
    this.#denials?.forget(node);
  }

  failOver(losesUs: number): void {
    if (losesUs === Number.POSITIVE_INFINITY) {
      this.#decider.forget();
      return;
    }
    for (const standby of this.#standbys) standby.loseAfter(this.#world.loop.nowUs - losesUs);
    const [next, ...others] = this.#standbys; // there is one for each replacement to come
    this.#decider = next.promoted();
    this.#standbys = others;
  }

  figures(): Record<string, number> {
    return {
      store_requests: this.#store.served,
      store_utilisation: this.#world.loop.nowUs === 0 ? 0 : this.#store.busyUs / this.#world.loop.nowUs,
      decided_without_store: this.#fallback.used,
      ...(this.#denials && { cached_denials: this.#denials.hits }),
      ...(this.#evicting && { evicted_keys: this.#evicting.evicted }),
    };
  }

  #send(attempt: number, node: number): void {
    this.#schedule(this.#world.loop.nowUs + this.#wayThere.delayUs(node), this.#atStore, attempt);
  }

  #serve(attempt: number): void {
    const { loop, attempts, conditions } = this.#world;
    const node = attempts.node[attempt & attempts.mask];
    if (conditions.storeFailures > 0) {
      this.#schedule(Number.POSITIVE_INFINITY, this.#atNode, attempt);
      return;
    }
    const beginUs = this.#store.accept(loop.nowUs);
    this.#decide(attempt, this.#settings.clock === 'store' ? beginUs : conditions.clockUs(node, loop.nowUs));
    this.#schedule(this.#store.finishUs + this.#wayBack.delayUs(node), this.#atNode, attempt);
  }

  #decide(attempt: number, nowUs: number): void {
    if (this.#isRead(attempt)) {
      this.#decider.look(attempt, nowUs);
      return;
    }
    if (this.#settings.access === 'atomic') this.#decider.decide(attempt, nowUs);
    else this.#decider.count(attempt, nowUs);
    for (const standby of this.#standbys) standby.follow(attempt, nowUs);
    this.#several?.onDecided(attempt, nowUs);
  }

  /** Whether the node has yet to come back and count what it reads now. */
  #isRead(attempt: number): boolean {
    return this.#settings.access === 'read-then-write' && this.#stageOf(attempt) === stage.asking;
  }

  #receive(attempt: number): void {
    const { attempts } = this.#world;
    const node = attempts.node[attempt & attempts.mask];
    if (this.#isRead(attempt)) {
      this.#set(attempt, stage.counting);
      this.#send(attempt, node);
      return;
    }
    this.#denials?.remember(attempt, node);
    this.#leave(node);
    this.#world.answer(attempt);
  }

  /** A node that has read but not yet counted answers what it has read. */
  #giveUp(attempt: number): void {
    if (!this.#isOpen(attempt)) return;
    const { attempts } = this.#world;
    if (this.#stageOf(attempt) !== stage.counting) this.#fallback.decide(attempt);
    if (this.#stageOf(attempt) !== stage.waiting) this.#leave(attempts.node[attempt & attempts.mask]);
    this.#world.answer(attempt);
  }

  #leave(node: number): void {
    const next = this.#pool.leave(node, this.#isOpen);
    if (next === undefined) return;
    this.#set(next, stage.asking);
    this.#send(next, node);
  }

  /** What comes after the deadline does not come: the connection is closed then. */
  #schedule(atUs: number, handler: number, attempt: number): void {
    const { attempts, loop } = this.#world;
    const deadlineUs = attempts.timeUs[attempt & attempts.mask] + this.#settings.timeout;
    if (atUs <= deadlineUs) loop.schedule(atUs, handler, attempt);
    else loop.schedule(deadlineUs, this.#atDeadline, attempt);
  }

  #stageOf(attempt: number): number {
    const { stage: stages, mask } = this.#world.attempts;
    return stages[attempt & mask];
  }

  #set(attempt: number, next: number): void {
    const { stage: stages, mask } = this.#world.attempts;
    stages[attempt & mask] = next;
  }
}
