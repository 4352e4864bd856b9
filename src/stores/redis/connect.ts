import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { ServiceError } from '../../errors.ts';
import { unreachable } from '../unreachable.ts';
import type { RedisAddress } from './address.ts';

export type RedisClient = Redis | Cluster;

/** Redis over a network or a socket: what can be connected to as it is. */
export type ReachableAddress = Exclude<RedisAddress, { kind: 'embedded' | 'mock' }>;

/**
 * Nothing is sent twice: a command whose connection was cut may have been executed, and a limiter that counts twice is
 * wrong. Nothing waits for a server that is away either; the run says what becomes of such requests. A server that says
 * nothing for `timeoutMs` while commands are under way is cut off.
 */
function optionsOf(timeoutMs: number): RedisOptions {
  return {
    lazyConnect: true,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false, // a server that is LOADING is to say so to each request
    disableClientInfo: true,
    connectTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  };
}

/** A client that is connected. Throws ServiceError, which says `name` for the server. */
export async function connect(
  address: ReachableAddress,
  timeoutMs: number,
  name: string,
): Promise<RedisClient> {
  const client = createClient(address, timeoutMs);
  client.on('error', (error: Error) => diedOf.set(client, error)); // also keeps ioredis from printing it
  client.on('ready', () => diedOf.delete(client));
  try {
    await client.connect();
    await client.ping();
    const refused = diedOf.get(client); // a wrong password, where the default user needs none
    if (refused) throw refused;
  } catch (error) {
    client.disconnect();
    throw new ServiceError(`${name}: cannot be used: ${reason(diedOf.get(client) ?? error)}`);
  }
  return client;
}

/** What a connection died of last; commands that were under way are only told that it is gone. */
export const diedOf = new WeakMap<RedisClient, Error>();

function createClient(address: ReachableAddress, timeoutMs: number): RedisClient {
  const options = optionsOf(timeoutMs);
  if (address.kind === 'socket') return new Redis(address.path, options);
  const { username, password, tls } = address;
  const access: RedisOptions = {
    ...options,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
  };
  switch (address.kind) {
    case 'single':
      return new Redis({ ...access, ...address.host, db: address.db });
    case 'sentinel':
      return withSentinels(address, access, timeoutMs);
    case 'cluster':
      return new Cluster([...address.hosts], {
        redisOptions: access,
        ...clusterOptions,
        ...(tls && { dnsLookup: asNamed }),
      });
  }
}

type SentinelAddress = Extract<RedisAddress, { kind: 'sentinel' }>;

/** How often all sentinels are asked before it is said that they do not help. */
const firstTries = 3;

/**
 * A master that was made a replica answers READONLY: the sentinels are asked again, and for as long as it takes. Those that
 * never named a master are given up.
 */
function withSentinels({ hosts, master }: SentinelAddress, access: RedisOptions, timeoutMs: number): Redis {
  let wasReady = false;
  const client = new Redis({
    ...access,
    sentinels: [...hosts],
    name: master,
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    sentinelCommandTimeout: timeoutMs,
    sentinelRetryStrategy: (attempt) =>
      wasReady || attempt < firstTries ? Math.min(attempt * 50, 500) : null,
  });
  return client.once('ready', () => {
    wasReady = true;
  });
}

const clusterOptions: ClusterOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  clusterRetryStrategy: (attempt) => Math.min(attempt * 50, 500),
};

/** Certificates are made out to names: a node of a cluster is connected to by the name it tells, not by its address. */
const asNamed: NonNullable<ClusterOptions['dnsLookup']> = (name, done) => done(null, name);

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/NOAUTH|WRONGPASS/.test(message)) {
    return 'it wants a password, or another one; give it in the address or in REDISCLI_AUTH';
  }
  if (message.startsWith('Protocol error')) return 'what answers there is no Redis';
  if (message.startsWith('Failed to refresh slots')) {
    return 'no node of a cluster answers there; a server by itself is redis://host:port';
  }
  const sentinels = /^All sentinels are unreachable.* Last error: (.*)/.exec(message);
  if (sentinels) return `no sentinel there names the master (${sentinels[1]})`;
  return unreachable(message, 'start redis-server, or use redis:embedded') ?? message;
}

/** The masters of a cluster, or the one server. */
export function mastersOf(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
