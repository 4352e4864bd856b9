import type { NaiveRecipe } from '../../algorithms/redis/naive.ts';
import { logicalKeepMs } from '../keep.ts';
import type { StoreDecision, StoreLimiter, StoreRequest, StoreRow, StoreUsage } from '../store.ts';
import { diedOf, type RedisClient } from './connect.ts';
import { storeErrorOf } from './errors.ts';
import { runNaive } from './naive-runner.ts';

/** Decides by a recipe of several round trips, between which other requests get in. The clock is the client's. */
export class NaiveLimiter implements StoreLimiter {
  readonly #client: RedisClient;
  readonly #recipe: NaiveRecipe;
  readonly #row: StoreRow;
  readonly #keepMs: number;
  readonly #usage: (decisions: number) => Promise<StoreUsage>;
  #decisions = 0;

  constructor(
    client: RedisClient,
    recipe: NaiveRecipe,
    row: StoreRow,
    usage: (decisions: number) => Promise<StoreUsage>,
  ) {
    this.#client = client;
    this.#recipe = recipe;
    this.#row = row;
    this.#keepMs = row.clock.kind === 'wall' && row.clock.speed >= 1 ? 0 : logicalKeepMs;
    this.#usage = usage;
  }

  async begin(): Promise<void> {}

  async decide({ limits, names, nowUs, cost, durationUs }: StoreRequest): Promise<StoreDecision> {
    this.#decisions++;
    const request = {
      key: names[0],
      id: `${this.#decisions}`,
      nowUs,
      cost,
      durationUs,
      keepMs: this.#keepMs,
    };
    const { quotas, context } = this.#row;
    try {
      const quota = quotas[limits[0]];
      return {
        ...(await runNaive(this.#client, this.#recipe.sequence, request, quota, context)),
        atUs: nowUs,
      };
    } catch (error) {
      throw storeErrorOf(error, diedOf.get(this.#client));
    }
  }

  usage(): Promise<StoreUsage> {
    return this.#usage(this.#decisions);
  }
}
