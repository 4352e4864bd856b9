import { setTimeout } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { StoreUsage } from '../store.ts';
import { mastersOf, type RedisClient } from './connect.ts';
import { type Info, infoOf, numberIn } from './info.ts';

/** What is ours, or the connection's, and no part of a decision. */
const overhead =
  /^(info|dbsize|scan|unlink|ping|memory|client|script|command|cluster|hello|auth|select|config)(\||$)/;
const scripts = /^eval(sha)?$/;
/** Below, the growth of the server's memory is mostly that of its tables. */
const enoughKeys = 1000;
const sampledKeys = 100;

/** Counters of a server at one moment; all only grow. */
interface Snapshot {
  readonly scriptUs: number;
  readonly commandUs: number;
  readonly commands: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly memoryBytes: number;
  readonly evicted: number;
  readonly keys: number;
}

/**
 * Measures what decisions cost a server, by the server's own counters: the difference of INFO commandstats, stats and
 * memory before and after. Anyone else who uses the server meanwhile is counted in.
 */
export class UsageMeter {
  private constructor(
    readonly client: RedisClient,
    readonly prefix: string,
    readonly before: Snapshot,
  ) {}

  static async start(client: RedisClient, prefix: string): Promise<UsageMeter> {
    await settled(client);
    return new UsageMeter(client, prefix, await snapshot(client));
  }

  async since(decisions: number): Promise<StoreUsage> {
    if (decisions === 0) return {};
    const after = await snapshot(this.client);
    const grown = (field: keyof Snapshot) => after[field] - this.before[field];
    const each = (amount: number) => amount / decisions;
    const keys = grown('keys');
    const reported = await reportedBytes(mastersOf(this.client), this.prefix);
    return {
      cpuUsPerDecision: each(grown('scriptUs') || grown('commandUs')), // a script's time holds that of its commands
      commandsPerDecision: each(grown('commands')),
      bytesInPerDecision: each(grown('bytesIn')),
      bytesOutPerDecision: each(grown('bytesOut')),
      evictedKeys: grown('evicted'),
      ...(keys >= enoughKeys &&
        grown('memoryBytes') > 0 && { memoryBytesPerKey: grown('memoryBytes') / keys }),
      ...(reported !== undefined && { reportedBytesPerKey: reported }),
    };
  }
}

/** A server gives back the memory of deleted keys little by little; what comes after must not be counted against it. */
async function settled(client: RedisClient): Promise<void> {
  let before = Number.NaN;
  for (let waits = 0; waits < 10; waits++) {
    const infos = await Promise.all(mastersOf(client).map((server) => infoOf(server, 'memory')));
    const now = infos.reduce((sum, info) => sum + numberIn(info, 'used_memory'), 0);
    if (Math.abs(now - before) < 4096) return;
    before = now;
    await setTimeout(150); // longer than the server's own beat of 100 ms
  }
}

async function snapshot(client: RedisClient): Promise<Snapshot> {
  const each = await Promise.all(mastersOf(client).map(snapshotOf));
  const sum = (field: keyof Snapshot) => each.reduce((total, one) => total + one[field], 0);
  return {
    scriptUs: sum('scriptUs'),
    commandUs: sum('commandUs'),
    commands: sum('commands'),
    bytesIn: sum('bytesIn'),
    bytesOut: sum('bytesOut'),
    memoryBytes: sum('memoryBytes'),
    evicted: sum('evicted'),
    keys: sum('keys'),
  };
}

async function snapshotOf(server: Redis): Promise<Snapshot> {
  const info = await infoOf(server, 'commandstats', 'stats', 'memory');
  return {
    ...commandsIn(info),
    bytesIn: numberIn(info, 'total_net_input_bytes'),
    bytesOut: numberIn(info, 'total_net_output_bytes'),
    memoryBytes: numberIn(info, 'used_memory') - numberIn(info, 'mem_clients_normal'), // without our own buffers
    evicted: numberIn(info, 'evicted_keys'),
    keys: await server.dbsize(),
  };
}

function commandsIn(info: Info): Pick<Snapshot, 'scriptUs' | 'commandUs' | 'commands'> {
  let scriptUs = 0;
  let commandUs = 0;
  let commands = 0;
  for (const [field, value] of info) {
    const name = field.startsWith('cmdstat_') ? field.slice('cmdstat_'.length) : 'info';
    const [, calls, us] = /calls=(\d+),usec=(\d+)/.exec(value) ?? [];
    if (calls === undefined || overhead.test(name)) continue;
    if (scripts.test(name)) {
      scriptUs += Number(us);
    } else {
      commandUs += Number(us);
      commands += Number(calls);
    }
  }
  return { scriptUs, commandUs, commands };
}

/** MEMORY USAGE, the mean of the first keys that a scan meets; undefined when there are none. */
async function reportedBytes(servers: readonly Redis[], prefix: string): Promise<number | undefined> {
  const sizes: number[] = [];
  for (const server of servers) {
    const stream = server.scanStream({ match: `${prefix}*`, count: 1000 });
    for await (const keys of stream as AsyncIterable<string[]>) {
      const some = keys.slice(0, sampledKeys - sizes.length);
      const answers = await Promise.all(some.map((key) => server.memory('USAGE', key)));
      sizes.push(...answers.filter((bytes) => bytes !== null)); // a key may have expired in between
      if (sizes.length >= sampledKeys) break;
    }
  }
  return sizes.length === 0 ? undefined : sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length;
}
