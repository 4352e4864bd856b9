import RedisMock from 'ioredis-mock';
import { type Accesses, type Store, type StoreLimiter, type StoreRow, withoutTwin } from '../store.ts';
import { ScriptLimiter } from './script-limiter.ts';

/** ioredis-mock runs the scripts in a Lua of its own: their logic, and nothing of a server's speed or size. */
class MockStore implements Store {
  readonly kind = 'mock';
  readonly title = 'ioredis-mock, no server';
  readonly notes = [
    'The store is ioredis-mock, which runs the scripts without a Redis: it shows their logic, and nothing of latency, memory or failures.',
  ];
  readonly #client = new RedisMock();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  accesses(): Accesses {
    return {}; // nothing races there
  }

  whyNot({ clock, algorithm }: StoreRow): string | undefined {
    if (!algorithm.redis) return withoutTwin(algorithm, 'a mock of Redis');
    if (clock.kind === 'logical') return undefined;
    return `${algorithm.name} on a mock in wall time: it has no clock of its own`;
  }

  async open(row: StoreRow): Promise<StoreLimiter> {
    return new ScriptLimiter(
      [this.#client],
      row,
      async () => 0,
      async () => ({}),
    );
  }

  async ping(): Promise<void> {}

  async isReady(): Promise<boolean> {
    return true;
  }

  async clear(): Promise<boolean> {
    const names = await this.#client.keys(`${this.#prefix}*`);
    if (names.length > 0) await this.#client.del(...names);
    return true;
  }

  async close(): Promise<void> {
    this.#client.disconnect();
  }
}

export function openMock(prefix: string): Store {
  return new MockStore(prefix);
}
