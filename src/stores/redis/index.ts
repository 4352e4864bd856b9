import type { StoreOptions } from '../index.ts';
import type { Store } from '../store.ts';
import { parseRedisAddress, type RedisAddress, withoutPassword } from './address.ts';
import { connect, type ReachableAddress, type RedisClient } from './connect.ts';
import { startEmbeddedRedis } from './embedded.ts';
import { identify, tryScript } from './identity.ts';
import { RedisStore } from './redis-store.ts';

/** Connects to a Redis. Throws UsageError for an address that cannot be read, ServiceError for a server that cannot be used. */
export async function openRedis(text: string, options: StoreOptions): Promise<Store> {
  const address = parseRedisAddress(text, options.env);
  switch (address.kind) {
    case 'mock':
      return (await import('./mock.ts')).openMock(options.prefix);
    case 'embedded':
      return openEmbedded(options);
    default:
      return openServer(address, withoutPassword(text), options);
  }
}

async function openEmbedded(options: StoreOptions): Promise<Store> {
  const server = await startEmbeddedRedis();
  const address: RedisAddress = { kind: 'socket', path: server.socketPath };
  try {
    return await openServer(address, 'redis:embedded', options, () => server.stop());
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openServer(
  address: ReachableAddress,
  name: string,
  { prefix, timeoutMs, connections }: StoreOptions,
  release?: () => Promise<void>,
): Promise<Store> {
  const first = await connect(address, timeoutMs, name);
  try {
    const { title, notes } = await identify(first, name);
    await tryScript(first, prefix, name);
    const others = await connectAll(connections - 1, () => connect(address, timeoutMs, name));
    return new RedisStore(`${title}, ${name}`, notes, [first, ...others], prefix, release);
  } catch (error) {
    first.disconnect();
    throw error;
  }
}

/** So many connections, or none: a server that refuses one is left by the others. */
async function connectAll(count: number, connectOne: () => Promise<RedisClient>): Promise<RedisClient[]> {
  const settled = await Promise.allSettled(Array.from({ length: count }, connectOne));
  const clients = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const refused = settled.find(({ status }) => status === 'rejected');
  if (refused?.status !== 'rejected') return clients;
  for (const client of clients) client.disconnect();
  throw refused.reason;
}
