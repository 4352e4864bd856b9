import { randomUUID } from 'node:crypto';
import type { Store } from '../../stores/store.ts';
import type { Io } from '../io.ts';

const timeoutMs = 5000;

/** Opens a store for one run, under names of its own; what was written is deleted at the end, whatever happens. */
export async function withStore<T>(
  address: string,
  connections: number,
  io: Io,
  work: (store: Store, prefix: string) => Promise<T>,
): Promise<T> {
  const { openStore } = await import('../../stores/index.ts');
  const prefix = `ratelimit:${randomUUID().slice(0, 8)}:`;
  const store = await openStore(address, { prefix, timeoutMs, connections, env: io.env });
  try {
    return await work(store, prefix);
  } finally {
    await store.clear();
    await store.close();
  }
}
