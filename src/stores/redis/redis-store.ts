import type { Algorithm } from '../../algorithms/algorithm.ts';
import { takesParams } from '../../algorithms/redis/naive.ts';
import { answersWithin } from '../ready.ts';
import { type Accesses, type Store, type StoreLimiter, type StoreRow, withoutTwin } from '../store.ts';
import { mastersOf, type RedisClient } from './connect.ts';
import { NaiveLimiter } from './naive-limiter.ts';
import { ScriptLimiter } from './script-limiter.ts';
import { UsageMeter } from './usage.ts';

/** Redis, Valkey, or a cluster of them. */
export class RedisStore implements Store {
  readonly kind = 'redis';

  /** `clients` are connected; `prefix` begins every name that the run writes. */
  constructor(
    readonly title: string,
    readonly notes: readonly string[],
    readonly clients: readonly RedisClient[],
    readonly prefix: string,
    readonly release: () => Promise<void> = async () => {},
  ) {}

  accesses({ redis }: Algorithm): Accesses {
    return Object.fromEntries(Object.entries(redis?.naive ?? {}).map(([name, { params }]) => [name, params]));
  }

  whyNot({ access, algorithm, params, quotas }: StoreRow): string | undefined {
    if (!algorithm.redis) return withoutTwin(algorithm, 'Redis');
    if (access === 'atomic') return undefined;
    const row = `${algorithm.name}:access=${access}`;
    if (quotas.length > 1)
      return `${row} under several limits: it takes from one before it has asked the next`;
    const recipe = algorithm.redis.naive[access];
    return takesParams(recipe, algorithm.params, params) ? undefined : `${row} knows no such parameters`;
  }

  async open(row: StoreRow): Promise<StoreLimiter> {
    const [client] = this.clients;
    const meter = await UsageMeter.start(client, this.prefix);
    const usage = (decisions: number) => meter.since(decisions);
    const recipe = row.algorithm.redis?.naive[row.access];
    if (recipe) return new NaiveLimiter(client, recipe, row, usage);
    return new ScriptLimiter(this.clients, row, () => serverTimeUs(client), usage);
  }

  async ping(): Promise<void> {
    await mastersOf(this.clients[0])[0].ping();
  }

  isReady(withinMs: number, signal?: AbortSignal): Promise<boolean> {
    return answersWithin(() => Promise.all(this.clients.map((client) => client.ping())), withinMs, signal);
  }

  /** Finds the run's names by SCAN, in steps that do not hold up the server, and unlinks them. */
  async clear(): Promise<boolean> {
    return this.#unlinkAll().then(
      () => true,
      () => false,
    );
  }

  async #unlinkAll(): Promise<void> {
    for (const server of mastersOf(this.clients[0])) {
      const stream = server.scanStream({ match: `${this.prefix}*`, count: 1000 });
      for await (const keys of stream as AsyncIterable<string[]>) {
        const pipeline = server.pipeline();
        for (const key of keys) pipeline.unlink(key); // one by one: a cluster refuses several slots in one command
        await pipeline.exec();
      }
    }
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.disconnect();
    await this.release();
  }
}

async function serverTimeUs(client: RedisClient): Promise<number> {
  const [seconds, micros] = await mastersOf(client)[0].time();
  return Number(seconds) * 1e6 + Number(micros);
}
