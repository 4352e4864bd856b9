import {
  type ScriptSettings,
  type ScriptTerms,
  scriptOfLimit,
  scriptOfLimits,
} from '../../algorithms/redis/redis.ts';
import type { RedisClient } from './connect.ts';
import { type CallScript, scriptOn } from './script-call.ts';

/** A server keeps every script that it was ever sent. Beyond so many limits they all share one, and come as arguments. */
const mostOwnScripts = 64;

/** The scripts of one row on one client, each made when it is first needed. */
export class Scripts {
  readonly #client: RedisClient;
  readonly #lua: string;
  readonly #settings: readonly ScriptSettings[];
  readonly #arguments: readonly (readonly string[])[]; // the settings of each limit, as text
  readonly #terms: ScriptTerms;
  readonly #ofLimit: CallScript[] = [];
  readonly #ofLimits: CallScript[] = [];

  constructor(client: RedisClient, lua: string, settings: readonly ScriptSettings[], terms: ScriptTerms) {
    this.#client = client;
    this.#lua = lua;
    this.#settings = settings;
    this.#arguments = settings.map((each) => Object.values(each).map(String));
    this.#terms = terms;
  }

  /** Decides a request under these limits, whose states have these names. */
  decide(limits: readonly number[], names: readonly string[], ...request: readonly string[]) {
    if (limits.length === 1 && this.#settings.length <= mostOwnScripts) {
      this.#ofLimit[limits[0]] ??= this.#forLimit(limits[0]);
      return this.#ofLimit[limits[0]](names[0], ...request);
    }
    this.#ofLimits[limits.length] ??= this.#forLimits(limits.length);
    return this.#ofLimits[limits.length](
      ...names,
      ...request,
      ...limits.flatMap((at) => this.#arguments[at]),
    );
  }

  #forLimit(limit: number): CallScript {
    const lua = scriptOfLimit(this.#lua, this.#settings[limit], this.#terms);
    return scriptOn(this.#client, `OfLimit${limit}`, lua, 1);
  }

  #forLimits(limits: number): CallScript {
    const names = Object.keys(this.#settings[0]);
    const lua = scriptOfLimits(this.#lua, names, limits, this.#terms);
    return scriptOn(this.#client, `OfLimits${limits}`, lua, limits);
  }
}
