/** What an algorithm's script leaves in Redis, told by example, so that its memory and its life can be foretold. */
import type { Quota } from '../algorithm.ts';
import { emissionUs, ticksOf } from '../ticks.ts';

/** Texts that the value holds so many times over: a field and its value, a member and its score, or one item. */
export interface RedisEntries {
  readonly texts: readonly string[];
  readonly times: number;
}

/** A value as long as the script writes it; which numbers it names does not matter, how many digits they have does. */
export interface RedisValue {
  readonly type: 'string' | 'hash' | 'list' | 'sorted-set';
  readonly entries: readonly RedisEntries[];
}

/**
 * When the state of a key goes, in microseconds `us`.
 * - `idle`: so long after the last request that was written down.
 * - `drained`: each request adds so much, and they follow one another.
 * - `released`: with the last request that is in flight.
 */
export type Forgetting =
  | { readonly when: 'idle' | 'drained'; readonly us: number }
  | { readonly when: 'released' };

export interface RedisState {
  readonly forgotten: Forgetting;
  /** What is held of a key that remembers so many requests of one unit each, at least one. */
  value(requests: number): RedisValue;
}

/** A time as scripts write it where it is the server's: microseconds since 1970. */
export const unixUsText = '1764000000000000';

export function stringValue(text: string): RedisValue {
  return { type: 'string', entries: [{ texts: [text], times: 1 }] };
}

export function hashValue(fields: Readonly<Record<string, string | number>>): RedisValue {
  const entries = Object.entries(fields).map(([name, value]) => ({ texts: [name, `${value}`], times: 1 }));
  return { type: 'hash', entries };
}

/** Of what drains at the rate's pace, in ticks, with the instant at which it was so high. */
export function drainingState(quota: Quota): RedisState {
  const { perUnit } = ticksOf(quota);
  return {
    forgotten: { when: 'drained', us: emissionUs(quota) },
    value: (requests) => stringValue(`${Math.round(requests * perUnit)}:${unixUsText}`),
  };
}
