import type { Algorithm } from '../../algorithms/algorithm.ts';
import { keepSeconds } from '../keep.ts';
import { answersWithin } from '../ready.ts';
import { SequenceLimiter } from '../sequence-limiter.ts';
import { accessesOf, sequencesOf, whyNotIn } from '../sequence-rows.ts';
import { type Accesses, type Store, StoreError, type StoreLimiter, type StoreRow } from '../store.ts';
import type { MemcachedClient } from './client.ts';
import { usageSince } from './usage.ts';

const deletedAtOnce = 1000;

/** Memcached: counters and compare-and-swap, no scripts. */
export class MemcachedStore implements Store {
  readonly kind = 'memcached';
  readonly notes = [
    'Memcached tells no time in a decision: each request carries that of the client.',
    'Memcached cannot increment on a condition: the fixed window gives back (decr) what it counted (incr) for a refused request. Where costs differ, a request in between may be refused needlessly; none is admitted wrongly. fixed-window:access=cas is exact.',
    'Other algorithms read and write by compare-and-swap: a decision that others get ahead of 8 times is an error of kind contention.',
    'Bytes a key are those of an item with its header, without the unused rest of slabs; an aligned window has an item of its own.',
  ];
  readonly #client: MemcachedClient;
  readonly #written = new Set<string>(); // Memcached cannot list its keys

  constructor(
    client: MemcachedClient,
    readonly title: string,
  ) {
    this.#client = client;
  }

  accesses(algorithm: Algorithm): Accesses {
    return accessesOf(algorithm, algorithm.memcached);
  }

  whyNot(row: StoreRow): string | undefined {
    return whyNotIn('Memcached', row, row.algorithm.memcached);
  }

  async open(row: StoreRow): Promise<StoreLimiter> {
    const { algorithm, access, clock } = row;
    const before = await this.#client.stats();
    return new SequenceLimiter({
      sequences: sequencesOf(row, algorithm.memcached),
      execute: (operation) => {
        if (operation.command === 'add' || operation.command === 'set') this.#written.add(operation.key);
        return this.#client.execute(operation, (keepUs) => keepSeconds(clock, keepUs));
      },
      usage: (decisions) => usageSince(this.#client, before, decisions),
      inOrder: clock.kind === 'logical' && access === 'atomic',
    });
  }

  async ping(): Promise<void> {
    await this.#client.version();
  }

  isReady(withinMs: number, signal?: AbortSignal): Promise<boolean> {
    return answersWithin(() => this.ping(), withinMs, signal);
  }

  async clear(): Promise<boolean> {
    const names = [...this.#written];
    try {
      for (let from = 0; from < names.length; from += deletedAtOnce) {
        await Promise.all(names.slice(from, from + deletedAtOnce).map((name) => this.#client.delete(name)));
      }
    } catch (error) {
      if (error instanceof StoreError) return false;
      throw error;
    }
    this.#written.clear();
    return true;
  }

  async close(): Promise<void> {
    this.#client.close();
  }
}
