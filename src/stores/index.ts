/** The one list of stores, by how their addresses begin. */
import { UsageError } from '../errors.ts';
import { redisSchemes, withoutPassword } from './redis/address.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** What the names of all state begin with. */
  readonly prefix: string;
  /** A server that is silent for so long while it owes an answer is given up. */
  readonly timeoutMs: number;
  readonly connections: number;
  readonly env: NodeJS.ProcessEnv;
}

type Open = (address: string, options: StoreOptions) => Promise<Store>;

const openRedis: Open = async (address, options) =>
  (await import('./redis/index.ts')).openRedis(address, options);

const stores: Readonly<Record<string, Open>> = {
  mock: openRedis,
  ...Object.fromEntries(redisSchemes.map((scheme) => [scheme, openRedis])),
};

/** Connects to a store. Throws UsageError for an address that cannot be read, ServiceError for a server that cannot be used. */
export async function openStore(address: string, options: StoreOptions): Promise<Store> {
  const scheme = address.split(':')[0];
  if (Object.hasOwn(stores, scheme)) return stores[scheme](address, options);
  throw new UsageError(
    `--store ${withoutPassword(address)}: no store has an address like this; write one that begins with ${Object.keys(stores).join(', ')}, such as redis://localhost:6379`,
  );
}
