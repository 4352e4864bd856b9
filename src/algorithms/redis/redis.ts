/** What an algorithm has to say to be run inside Redis, and how the script of a row is put together. */
import type * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import answer from './answer.lua';
import ask from './ask.lua';
import decideAll from './decide-all.lua';
import decideOne from './decide-one.lua';
import type { NaiveRecipe } from './naive.ts';
import request from './request.lua';
import type { RedisState } from './state.ts';
import tell from './tell.lua';
import unpaired from './unpaired.lua';

/** What one limit comes to: locals of the script, by name, and whole numbers. */
export type ScriptSettings = Readonly<Record<string, number>>;

/** The twin of an algorithm's limiter: the same arithmetic in Lua, so that it decides alike, request by request. */
export interface RedisTwin<Schema extends z.ZodObject = z.ZodObject> {
  /**
   * Pieces of one straight line of Lua, each under a line `--- name`: `open` reads the state of `key`, `wait` sets how long
   * the request has to, `take` and `refuse` write what follows from that, `remaining` sets what is `left`. A later piece
   * sees the locals of `open`. Any other piece is put where `--[[name]]` stands. What one limit alone can do in fewer commands
   * is a piece `alone`, in place of `ask.lua`. `request.lua` says what else there is: `now`, `cost`, `ttl`, `never`.
   */
  lua(params: z.output<Schema>): string;
  settings(quota: Quota, params: z.output<Schema>, context: LimiterContext): ScriptSettings;
  /** What the script keeps of each key, and how long. */
  state(quota: Quota, params: z.output<Schema>): RedisState;
  /** What people write instead, in several round trips, by the name that `access=` takes. */
  readonly naive: Readonly<Record<string, NaiveRecipe<Schema>>>;
}

/** What is written into a script beside the algorithm: see `request.lua`. */
export interface ScriptTerms {
  readonly isServerTime: boolean;
  readonly speed: number;
  /** Milliseconds. */
  readonly keepMs: number;
  /** Whether the answer says how each limit stands. */
  readonly tells?: boolean;
}

/** The script for requests under this one limit, whose settings are written into it. */
export function scriptOfLimit(lua: string, settings: ScriptSettings, terms: ScriptTerms): string {
  const written = `local ${Object.keys(settings).join(', ')} = ${Object.values(settings).join(', ')}`;
  return assembled({ ...sectionsOf(lua), settings: written }, decideOne, terms);
}

/** The script for requests under so many limits, any of them: their settings come as arguments, in the order of `names`. */
export function scriptOfLimits(
  lua: string,
  names: readonly string[],
  limits: number,
  terms: ScriptTerms,
): string {
  const places = names.map((_, at) => `tonumber(ARGV[at + ${at + 1}])`);
  const from = `local at = 3 + ${limits === 1 ? 0 : `(place - 1) * ${names.length}`}`;
  const settings = `${from}\nlocal ${names.join(', ')} = ${places.join(', ')}`;
  return assembled({ ...sectionsOf(lua), settings }, limits === 1 ? decideOne : decideAll, terms);
}

type Sections = Readonly<Record<string, string>>;

/** What comes before the first section is for readers. */
function sectionsOf(lua: string): Sections {
  const [, ...parts] = lua.split(/^--- (\w+)\n/m);
  const names = parts.filter((_, at) => at % 2 === 0);
  return {
    ask,
    alone: ask,
    ...Object.fromEntries(names.map((name, at) => [name, parts[at * 2 + 1].trim()])),
  };
}

/**
 * One line of code without functions, but for those that it cannot do without: a closure costs every call, and so does
 * an argument. Together they were half of a script's time.
 */
function assembled(sections: Sections, decide: string, terms: ScriptTerms): string {
  const { isServerTime, speed, keepMs, tells } = terms;
  const written = `local isServerTime, speed, keepMs = ${isServerTime}, ${speed}, ${keepMs}`;
  const body = filled(`${decide}\n${tells ? tell : answer}`, sections);
  const helpers = body.includes('unpaired(') ? [unpaired] : [];
  return [written, request, ...helpers, body].join('\n');
}

function filled(text: string, sections: Sections): string {
  return text.replace(/--\[\[(\w+)\]\]/g, (_, name: string) => filled(sections[name] ?? '', sections));
}

/** The answer of the script: see `answer.lua`, and `tell.lua` for the standings. */
export type ScriptReply =
  | number
  | readonly [held: number, remaining: number, nowUs?: number, ...standings: number[]];

/** The script's word for a wait that never ends; held is its negative for a request that never conforms. */
export const never = 2 ** 53;
export const neverHeld = -never;
