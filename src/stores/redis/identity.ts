import { createHash } from 'node:crypto';
import { ServiceError } from '../../errors.ts';
import { mastersOf, type RedisClient } from './connect.ts';
import { storeErrorOf } from './errors.ts';
import { type Info, infoOf, numberIn } from './info.ts';

const nearlyFull = 0.9;

export interface Identity {
  /** Such as `Redis 7.0.15`. */
  readonly title: string;
  readonly notes: readonly string[];
}

/**
 * Asks each server who it is. Throws ServiceError for one that does not say, or whose memory is nearly used up: what is
 * written there could push out, or be refused beside, what the server is for.
 */
export async function identify(client: RedisClient, name: string): Promise<Identity> {
  const infos = await Promise.all(
    mastersOf(client).map((server) => infoOf(server, 'server', 'memory', 'replication')),
  ).catch((error: Error) => {
    throw new ServiceError(`${name}: does not say what it is: INFO was answered with "${error.message}"`);
  });
  const titles = infos.map((info) => titleOf(info, name));
  for (const info of infos) refuseWhenFull(info, name);
  return {
    title: [...new Set(titles)].join(' and ') + (infos.length > 1 ? `, ${infos.length} masters` : ''),
    notes: [...new Set(infos.flatMap(warnings))],
  };
}

/** Throws ServiceError when the server does not let a script read a name of the run: then it would decide nothing. */
export async function tryScript(client: RedisClient, prefix: string, name: string): Promise<void> {
  const script = "return redis.call('GET', KEYS[1])";
  try {
    await client.eval(script, 1, `${prefix}{try}`);
    await client.evalsha(createHash('sha1').update(script).digest('hex'), 1, `${prefix}{try}`);
  } catch (error) {
    const { kind, message } = storeErrorOf(error);
    if (kind !== 'NOPERM' && kind !== 'ERR') return; // what passes, such as LOADING, is counted as the run goes
    throw new ServiceError(
      `${name}: does not let scripts run: "${message}"; EVAL and EVALSHA on names that begin with ratelimit: are needed`,
    );
  }
}

function titleOf(info: Info, name: string): string {
  const valkey = info.get('valkey_version');
  const version = valkey ?? info.get('redis_version');
  if (version === undefined)
    throw new ServiceError(`${name}: does not say that it is a Redis; it is left alone`);
  return `${valkey ? 'Valkey' : 'Redis'} ${version}`;
}

function refuseWhenFull(info: Info, name: string): void {
  const used = numberIn(info, 'used_memory');
  const most = numberIn(info, 'maxmemory');
  if (most === 0 || used < most * nearlyFull) return;
  throw new ServiceError(
    `${name}: uses ${Math.floor((used / most) * 100)} % of its maxmemory (${most} bytes), and is left alone; use another server`,
  );
}

function warnings(info: Info): string[] {
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  const isReplica = info.get('role') === 'slave';
  return [
    ...(isReplica ? ['The server is a replica, which answers writes with READONLY.'] : []),
    ...(numberIn(info, 'maxmemory') > 0 && policy !== 'noeviction'
      ? [
          `The server may evict limiter state (maxmemory-policy ${policy}): a client whose counter is dropped starts afresh. noeviction, or room enough, prevents it.`,
        ]
      : []),
  ];
}
