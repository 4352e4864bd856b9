import type { Algorithm, Quota } from '../algorithms/algorithm.ts';
import type { RedisState } from '../algorithms/redis/state.ts';
import { UsageError } from '../errors.ts';

/** What a row keeps of each key in Redis. Throws UsageError where the way it is asked for does not say. */
export function redisStateOf(
  algorithm: Algorithm,
  params: Readonly<Record<string, unknown>>,
  access: string,
  quota: Quota,
): RedisState {
  if (!algorithm.redis) {
    throw new UsageError(
      `${algorithm.name}: imitates a product whose state in Redis is not known here; name one of the algorithms`,
    );
  }
  if (access === 'atomic') return algorithm.redis.state(quota, params);
  const { naive } = algorithm.redis;
  const state = naive[access]?.state?.(quota);
  if (state) return state;
  const known = Object.keys(naive).filter((name) => naive[name].state);
  throw new UsageError(
    `${algorithm.name}:access=${access}: what it keeps is not known here; ${known.length > 0 ? `use access=${known.join(' or ')}, or leave it out` : 'leave access out'}`,
  );
}
