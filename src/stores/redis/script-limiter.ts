import { never, neverHeld, type ScriptReply, scriptText } from '../../algorithms/redis/redis.ts';
import type {
  Standing,
  StoreClock,
  StoreDecision,
  StoreLimiter,
  StoreRequest,
  StoreRow,
  StoreUsage,
} from '../store.ts';
import { diedOf, type RedisClient } from './connect.ts';
import { storeErrorOf } from './errors.ts';
import { sentTogether } from './sent-together.ts';

/** In logical time the wall says nothing about when state may be forgotten; this is only the net under a lost run. */
export const logicalKeepMs = 86_400_000;

/** The command that ioredis adds to a client for a script. */
type Decide = (...args: string[]) => Promise<ScriptReply>;

/**
 * Decides by the algorithm's script, one call a decision. `clients` share the work by the name of the state, so that
 * requests on one name are decided in the order in which they were made.
 */
export class ScriptLimiter implements StoreLimiter {
  readonly #clients: readonly RedisClient[];
  readonly #deciders: readonly (readonly Decide[])[]; // for each client by the number of limits
  readonly #settings: readonly (readonly string[])[];
  readonly #keepMs: string;
  readonly #speed: string;
  readonly #serverTimeUs: () => Promise<number>;
  #originUs: number | undefined; // time 0 of the run by the server's clock, where that is used
  readonly #beginsNow: boolean;
  readonly #usage: (decisions: number) => Promise<StoreUsage>;
  #decisions = 0;

  constructor(
    clients: readonly RedisClient[],
    { algorithm, params, quotas, context, clock, tellsStandings }: StoreRow,
    serverTimeUs: () => Promise<number>,
    usage: (decisions: number) => Promise<StoreUsage>,
  ) {
    const redis = algorithm.redis!; // rows without one are left out: `withoutTwin`
    const lua = redis.lua(params);
    this.#clients = clients;
    this.#deciders = clients.map((client) =>
      [0, ...quotas].map((_, limits) => commandOf(client, scriptText(lua, limits, tellsStandings), limits)),
    );
    this.#settings = quotas.map((quota) => redis.settings(quota, params, context).map(String));
    this.#keepMs = String(clock.kind === 'logical' ? logicalKeepMs : 0);
    this.#speed = String(speedOf(clock));
    this.#originUs = clock.kind === 'unix' ? 0 : undefined;
    this.#beginsNow = clock.kind === 'wall';
    this.#serverTimeUs = serverTimeUs;
    this.#usage = usage;
  }

  async begin(): Promise<void> {
    if (this.#beginsNow) this.#originUs = await this.#serverTimeUs();
  }

  decide({ limits, names, nowUs, cost, durationUs }: StoreRequest): Promise<StoreDecision> {
    const settings =
      limits.length === 1 ? this.#settings[limits[0]] : limits.flatMap((at) => this.#settings[at]);
    const connection = this.#clients.length === 1 ? 0 : hash(names[0]) % this.#clients.length;
    const decide = this.#deciders[connection][limits.length];
    const time = String(this.#originUs ?? nowUs);
    this.#decisions++;
    return decide(
      ...names,
      time,
      this.#speed,
      String(cost),
      String(durationUs),
      this.#keepMs,
      ...settings,
    ).then(
      (reply) => decisionOf(reply, nowUs),
      (error: unknown) => {
        throw storeErrorOf(error, diedOf.get(this.#clients[connection]));
      },
    );
  }

  usage(): Promise<StoreUsage> {
    return this.#usage(this.#decisions);
  }
}

/** What the script takes for the speed of its server's clock; 0 where it is not asked for the time. */
function speedOf(clock: StoreClock): number {
  if (clock.kind === 'unix') return 1;
  return clock.kind === 'logical' ? 0 : clock.speed;
}

/** ioredis calls the script by its SHA, and sends it whole when the server has lost it. */
function commandOf(client: RedisClient, lua: string, numberOfKeys: number): Decide {
  const name = `ratelimitDecide${numberOfKeys}`;
  client.defineCommand(name, { lua, numberOfKeys });
  const commands = client as unknown as Record<string, Decide>; // the command was just added to the client
  const together = sentTogether(client);
  return (...args) => {
    together();
    return commands[name](...args);
  };
}

function decisionOf([held, remaining, nowUs, ...told]: ScriptReply, arrivalUs: number): StoreDecision {
  const allowed = held >= 0;
  const retryAfterUs = held === neverHeld ? Number.POSITIVE_INFINITY : -held;
  return {
    allowed,
    retryAfterUs: allowed ? 0 : retryAfterUs,
    delayUs: allowed ? held : 0,
    remaining,
    atUs: nowUs ?? arrivalUs,
    ...(told.length > 0 && { standings: standingsOf(told) }),
  };
}

function standingsOf(told: readonly number[]): Standing[] {
  return Array.from({ length: told.length / 2 }, (_, at) => {
    const moreInUs = told[at * 2 + 1];
    return { remaining: told[at * 2], moreInUs: moreInUs === never ? Number.POSITIVE_INFINITY : moreInUs };
  });
}

/** Spreads names over connections. */
function hash(name: string): number {
  let sum = 0;
  for (let at = 0; at < name.length; at++) sum = (Math.imul(sum, 31) + name.charCodeAt(at)) >>> 0;
  return sum;
}
