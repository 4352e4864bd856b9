import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Algorithm } from '../../algorithms/algorithm.ts';
import { keepSeconds } from '../keep.ts';
import { answersWithin } from '../ready.ts';
import { SequenceLimiter } from '../sequence-limiter.ts';
import { accessesOf, sequencesOf, whyNotIn } from '../sequence-rows.ts';
import type { Accesses, Store, StoreLimiter, StoreRow, StoreUsage } from '../store.ts';
import { watchClock } from './client.ts';
import { Items } from './items.ts';
import { createTable, deleteTable, tableExists } from './table.ts';

const deletedAtOnce = 100;

/** DynamoDB, or what speaks its protocol: conditional updates of one item, no scripts. */
export class DynamodbStore implements Store {
  readonly kind = 'dynamodb';
  readonly notes = [
    'DynamoDB tells no time in a decision: each request carries that of the client.',
    'Each request under way to DynamoDB has a connection of its own, up to 256, whatever --connections says; in wall time they arrive in any order.',
    'Capacity units: a write that its condition refuses counts as one (its answer does not say, and items here are far below 1 KB); a new item pays one more for the index on tenant_id.',
  ];
  readonly #client: DynamoDBClient;
  readonly #tenant: string;
  readonly #written = new Map<string, Set<number>>(); // for each identifier its windows
  #madeTable = false;
  #serverSeconds = 0;

  /** `tenant` is what the items of the run have as their tenant_id. */
  constructor(
    client: DynamoDBClient,
    readonly title: string,
    tenant: string,
  ) {
    this.#client = client;
    this.#tenant = tenant;
    watchClock(client, (unixSeconds) => {
      this.#serverSeconds = unixSeconds;
    });
  }

  accesses(algorithm: Algorithm): Accesses {
    return accessesOf(algorithm, algorithm.dynamodb);
  }

  whyNot(row: StoreRow): string | undefined {
    return whyNotIn('DynamoDB', row, row.algorithm.dynamodb);
  }

  async open(row: StoreRow): Promise<StoreLimiter> {
    const { algorithm, access, clock } = row;
    await this.ensureTable();
    const items = new Items(this.#client);
    const ttl = (keepUs: number) => Math.ceil(this.#serverSeconds + keepSeconds(clock, keepUs));
    const common = { ttl, tenant: this.#tenant };
    return new SequenceLimiter({
      sequences: sequencesOf(row, algorithm.dynamodb),
      execute: (operation) => {
        if (operation.operation === 'update') this.#note(operation.key, operation.window);
        return items.execute(operation, common);
      },
      usage: async (decisions) => usageOf(items, decisions),
      inOrder: clock.kind === 'logical' && access === 'atomic',
    });
  }

  /** Makes the table if there is none, and then deletes it when the store is closed. */
  async ensureTable(): Promise<void> {
    if (await tableExists(this.#client)) return;
    await createTable(this.#client);
    this.#madeTable = true;
  }

  async ping(): Promise<void> {
    await tableExists(this.#client);
  }

  isReady(withinMs: number, signal?: AbortSignal): Promise<boolean> {
    return answersWithin(() => this.ping(), withinMs, signal);
  }

  async clear(): Promise<boolean> {
    return this.#deleteItems().then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    try {
      if (this.#madeTable) await deleteTable(this.#client);
    } finally {
      this.#client.destroy();
    }
  }

  #note(identifier: string, window: number): void {
    const windows = this.#written.get(identifier);
    if (windows) windows.add(window);
    else this.#written.set(identifier, new Set([window]));
  }

  async #deleteItems(): Promise<void> {
    const items = new Items(this.#client);
    const places = [...this.#written].flatMap(([name, windows]) =>
      [...windows].map((at) => [name, at] as const),
    );
    for (let from = 0; from < places.length; from += deletedAtOnce) {
      await Promise.all(places.slice(from, from + deletedAtOnce).map(([name, at]) => items.delete(name, at)));
    }
    this.#written.clear();
  }
}

function usageOf({ requests, capacityUnits }: Items, decisions: number): StoreUsage {
  if (decisions === 0) return {};
  return {
    commandsPerDecision: requests / decisions,
    capacityUnitsPerDecision: capacityUnits / decisions,
  };
}
