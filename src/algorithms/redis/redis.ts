/** What an algorithm has to say to be run inside Redis, and how the script of a row is put together. */
import type * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import answer from './answer.lua';
import clock from './clock.lua';
import decideAll from './decide-all.lua';
import decideOne from './decide-one.lua';
import type { NaiveRecipe } from './naive.ts';
import pair from './pair.lua';
import shared from './shared.lua';
import type { RedisState } from './state.ts';
import tell from './tell.lua';
import unpaired from './unpaired.lua';

/**
 * The twin of an algorithm's limiter: the same state and the same arithmetic in Lua, so that it decides alike, request
 * by request. `lua` defines `settings` (how many there are of them) and the functions `open`, `wait`, `take`, `refuse` and
 * `remaining`, which `decide-one.lua` calls.
 */
export interface RedisTwin<Schema extends z.ZodObject = z.ZodObject> {
  lua(params: z.output<Schema>): string;
  /** What one limit comes to as arguments of the script. */
  settings(quota: Quota, params: z.output<Schema>, context: LimiterContext): readonly (number | string)[];
  /** What the script keeps of each key, and how long. */
  state(quota: Quota, params: z.output<Schema>): RedisState;
  /** What people write instead, in several round trips, by the name that `access=` takes. */
  readonly naive: Readonly<Record<string, NaiveRecipe<Schema>>>;
}

/**
 * The whole script for so many limits on a request: what the algorithm uses of the shared functions, the algorithm, and
 * the decision. What is left out is not paid for: each function costs every call a closure. `tells`: whether the answer
 * says how each limit stands.
 */
export function scriptText(lua: string, limits = 1, tells = false): string {
  const decide = limits === 1 ? decideOne : decideAll;
  const used = Object.entries({ pair, unpaired }).filter(([name]) => new RegExp(`\\b${name}\\(`).test(lua));
  return [shared, ...used.map(([, text]) => text), lua, clock, decide, tells ? tell : answer].join('\n');
}

/** The answer of the script: see `clock.lua`, and `tell.lua` for the standings. */
export type ScriptReply = readonly [held: number, remaining: number, nowUs?: number, ...standings: number[]];

/** The script's word for a wait that never ends; held is its negative for a request that never conforms. */
export const never = 2 ** 53;
export const neverHeld = -never;
