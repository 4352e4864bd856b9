import { ServiceError } from '../../errors.ts';
import type { Store } from '../store.ts';
import { unreachable } from '../unreachable.ts';
import { parseMemcachedAddress } from './address.ts';
import { MemcachedClient, type MemcachedOptions } from './client.ts';
import { MemcachedStore } from './memcached-store.ts';

/**
 * Connects to the Memcached of `memcached://host:port`. Throws UsageError for an address that cannot be read, ServiceError
 * for a server that cannot be used.
 */
export async function openMemcached(text: string, options: MemcachedOptions): Promise<Store> {
  const address = parseMemcachedAddress(text);
  const name = `memcached://${address.host}:${address.port}`;
  const client = new MemcachedClient(address, options);
  try {
    return new MemcachedStore(client, `Memcached ${await client.version()}, ${name}`);
  } catch (error) {
    client.close();
    throw new ServiceError(`${name}: cannot be used: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return unreachable(message, 'start memcached') ?? message;
}
