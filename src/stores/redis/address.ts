import { UsageError } from '../../errors.ts';

/** Where a Redis is. A `password` may stand in any of those that are reached over a network. */
export type RedisAddress =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'mock' }
  | { readonly kind: 'socket'; readonly path: string }
  | ({ readonly kind: 'single'; readonly host: Host; readonly db: number } & Access)
  | ({ readonly kind: 'cluster'; readonly hosts: readonly Host[] } & Access)
  | ({ readonly kind: 'sentinel'; readonly hosts: readonly Host[]; readonly master: string } & Access);

export interface Host {
  readonly host: string;
  readonly port: number;
}

interface Access {
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

export const redisSchemes = [
  'redis',
  'rediss',
  'redis-cluster',
  'rediss-cluster',
  'redis-sentinel',
  'unix',
] as const;

const examples =
  'write redis://host:6379/0, rediss://…, redis-cluster://a:6379,b:6379, redis-sentinel://a:26379/master, unix:///path/redis.sock, redis:embedded or mock';

/**
 * Reads the address of a Redis. The password may also come from the environment, as for redis-cli: REDISCLI_AUTH. Throws
 * UsageError; what the message quotes has no password in it.
 */
export function parseRedisAddress(text: string, env: NodeJS.ProcessEnv = {}): RedisAddress {
  if (text === 'mock') return { kind: 'mock' };
  if (text === 'redis:embedded') return { kind: 'embedded' };
  const match = /^([a-z-]+):\/\/(?:(.*)@)?([^/@]*)(?:\/(.*))?$/.exec(text);
  if (!match) return fail(text, 'is not the address of a store');
  const [, scheme, credentials, hostList, path = ''] = match;
  if (scheme === 'unix') return { kind: 'socket', path: `/${path}` };
  const access = { tls: scheme.startsWith('rediss'), ...credentialsOf(credentials, env, text) };
  const hosts = hostList.split(',').map((host) => parseHost(host, scheme, text));
  switch (scheme) {
    case 'redis':
    case 'rediss':
      if (hosts.length > 1) fail(text, 'names more than one server; a cluster is redis-cluster://');
      return { kind: 'single', host: hosts[0], db: databaseOf(path, text), ...access };
    case 'redis-cluster':
    case 'rediss-cluster':
      if (path !== '') fail(text, 'names a database, and a cluster has only one');
      return { kind: 'cluster', hosts, ...access };
    case 'redis-sentinel':
      if (path === '') fail(text, 'does not name the master that the sentinels watch');
      return { kind: 'sentinel', hosts, master: path, ...access };
    default:
      return fail(text, `starts with ${scheme}://, which is none of ${redisSchemes.join(', ')}`);
  }
}

/** The address as it may be printed. */
export function withoutPassword(text: string): string {
  return text.replace(/^([a-z-]+:\/\/)(.*)@/, '$1…@');
}

function credentialsOf(text: string | undefined, env: NodeJS.ProcessEnv, whole: string) {
  const [username = '', ...rest] = (text ?? '').split(':').map((part) => decoded(part, whole));
  const password = rest.length > 0 ? rest.join(':') : env.REDISCLI_AUTH;
  return { ...(username !== '' && { username }), ...(password && { password }) };
}

function decoded(text: string, whole: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail(whole, 'has a % before the @ that begins no escape; write it as %25');
  }
}

function parseHost(text: string, scheme: string, whole: string): Host {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(\d+))?$/.exec(text);
  if (!match) return fail(whole, text === '' ? 'names no host' : 'has a host that cannot be read');
  const port = Number(match[2] ?? (scheme === 'redis-sentinel' ? 26_379 : 6379));
  if (port < 1 || port > 65_535) fail(whole, `has port ${port}, and ports end at 65535`);
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function databaseOf(path: string, whole: string): number {
  return /^\d*$/.test(path)
    ? Number(path)
    : fail(whole, `has "/${withoutPassword(path)}" where a database number belongs`);
}

function fail(text: string, problem: string): never {
  throw new UsageError(`--store ${withoutPassword(text)}: ${problem}; ${examples}`);
}
