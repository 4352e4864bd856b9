import { MemcacheClient } from 'memcache-client';
import type { MemcachedAnswer, MemcachedOperation } from '../../algorithms/memcached/memcached.ts';
import { StoreError } from '../store.ts';
import type { MemcachedAddress } from './address.ts';

/** Memcached takes a longer TTL for a time since 1970. */
const longestTtlSeconds = 30 * 86_400;
/** Its clock goes by seconds, so that a TTL may end up to one too early. */
const coarseSeconds = 1;

export interface MemcachedOptions {
  /** A server that is silent for so long while it owes an answer is cut off. */
  readonly timeoutMs: number;
  readonly connections: number;
}

/** On a connection commands follow each other without waiting for answers. Everything rejects with StoreError. */
export class MemcachedClient {
  readonly #client: MemcacheClient;

  constructor({ host, port }: MemcachedAddress, { timeoutMs, connections }: MemcachedOptions) {
    this.#client = new MemcacheClient({
      server: { server: `${host}:${port}`, maxConnections: connections },
      cmdTimeout: timeoutMs,
      connectTimeout: timeoutMs,
      noDelay: true,
    });
  }

  async execute(
    operation: MemcachedOperation,
    ttlSeconds: (keepUs: number) => number,
  ): Promise<MemcachedAnswer> {
    const { command, key } = operation;
    switch (command) {
      case 'get':
      case 'gets': {
        const found = await answerOf(this.#client[command]<string>(key));
        if (!found) return { done: false };
        return { done: true, value: found.value, ...(found.casUniq && { unique: String(found.casUniq) }) };
      }
      case 'incr':
      case 'decr': {
        const value = await answerOf(this.#client[command](key, operation.by));
        return value === undefined ? { done: false } : { done: true, value };
      }
      default: {
        const lifetime = Math.min(ttlSeconds(operation.keepUs) + coarseSeconds, longestTtlSeconds);
        const options = command === 'cas' ? { lifetime, casUniq: operation.unique } : { lifetime };
        const stored = await answerOf(this.#client.store(command, key, operation.value, options));
        return { done: stored !== undefined };
      }
    }
  }

  async delete(key: string): Promise<void> {
    await answerOf(this.#client.delete(key));
  }

  async version(): Promise<string> {
    const [, version = 'of an unknown version'] = (await answerOf(this.#client.version())) ?? [];
    return version;
  }

  /** The server's counters, by name. */
  async stats(): Promise<ReadonlyMap<string, number>> {
    const answer = await answerOf(this.#client.cmd<{ readonly STAT: string[][] }>('stats'));
    return new Map(answer?.STAT.map(([name, value]) => [name, Number(value)]));
  }

  close(): void {
    this.#client.shutdown();
  }
}

/** What a command comes to; undefined when there was no such key, or a condition of the command did not hold. */
async function answerOf<T>(command: Promise<T>): Promise<T | undefined> {
  try {
    return await command;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/^(NOT_FOUND|NOT_STORED|EXISTS)$/.test(message)) return undefined;
    throw new StoreError(kindOf(message), message);
  }
}

function kindOf(message: string): string {
  const [word] = /^(SERVER_ERROR|CLIENT_ERROR|ERROR)\b/.exec(message) ?? [];
  return word ?? (/time ?out/i.test(message) ? 'timeout' : 'connection');
}
