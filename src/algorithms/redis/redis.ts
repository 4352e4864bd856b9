/** What an algorithm has to say to be run inside Redis, and how the script of a row is put together. */
import type * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import decide from './decide.lua';
import type { NaiveRecipe } from './naive.ts';
import shared from './shared.lua';

/**
 * The twin of an algorithm's limiter: the same state and the same arithmetic in Lua, so that it decides alike, request
 * by request. `lua` defines `settings` (how many there are of them) and the functions `open`, `wait`, `take`, `refuse` and
 * `remaining`, which `decide.lua` calls.
 */
export interface RedisTwin<Schema extends z.ZodObject = z.ZodObject> {
  lua(params: z.output<Schema>): string;
  /** What one limit comes to as arguments of the script. */
  settings(quota: Quota, params: z.output<Schema>, context: LimiterContext): readonly (number | string)[];
  /** What people write instead, in several round trips, by the name that `access=` takes. */
  readonly naive: Readonly<Record<string, NaiveRecipe<Schema>>>;
}

/** The whole script. Its first part defines what is shared, the second the algorithm, the third decides with it. */
export function scriptText(lua: string): string {
  return [shared, lua, decide].join('\n');
}

/** The answer of the script: see `decide.lua`. */
export type ScriptReply = readonly [held: number, remaining: number, nowUs: number];

/** The script's word for a request that never conforms. */
export const neverHeld = -(2 ** 53);
