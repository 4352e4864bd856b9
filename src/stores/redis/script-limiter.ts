import { never, neverHeld, type ScriptReply, type ScriptTerms } from '../../algorithms/redis/redis.ts';
import { logicalKeepMs } from '../keep.ts';
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
import { Scripts } from './scripts.ts';

/**
 * Decides by the algorithm's script, one call a decision. `clients` share the work by the name of the state, so that
 * requests on one name are decided in the order in which they were made.
 */
export class ScriptLimiter implements StoreLimiter {
  readonly #clients: readonly RedisClient[];
  readonly #scripts: readonly Scripts[]; // for each client
  readonly #serverTimeUs: () => Promise<number>;
  #originUs: number | undefined; // time 0 of the run by the server's clock, where that is used
  readonly #beginsNow: boolean;
  readonly #usage: (decisions: number) => Promise<StoreUsage>;
  #decisions = 0;

  constructor(
    clients: readonly RedisClient[],
    { algorithm, params, quotas, context, clock, tellsStandings = false }: StoreRow,
    serverTimeUs: () => Promise<number>,
    usage: (decisions: number) => Promise<StoreUsage>,
  ) {
    const redis = algorithm.redis!; // rows without one are left out: `withoutTwin`
    const settings = quotas.map((quota) => redis.settings(quota, params, context));
    const terms = { ...termsOf(clock), tells: tellsStandings };
    this.#clients = clients;
    this.#scripts = clients.map((client) => new Scripts(client, redis.lua(params), settings, terms));
    this.#originUs = clock.kind === 'unix' ? 0 : undefined;
    this.#beginsNow = clock.kind === 'wall';
    this.#serverTimeUs = serverTimeUs;
    this.#usage = usage;
  }

  async begin(): Promise<void> {
    if (this.#beginsNow) this.#originUs = await this.#serverTimeUs();
  }

  decide({ limits, names, nowUs, cost, durationUs }: StoreRequest): Promise<StoreDecision> {
    const connection = this.#clients.length === 1 ? 0 : hash(names[0]) % this.#clients.length;
    const timeUs = this.#originUs ?? nowUs;
    this.#decisions++;
    return this.#scripts[connection].decide(limits, names, `${timeUs}`, `${cost}`, `${durationUs}`).then(
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

/** Where the clock is the server's, how fast it passes; and how long state is kept at least. */
function termsOf(clock: StoreClock): ScriptTerms {
  if (clock.kind === 'logical') return { isServerTime: false, speed: 1, keepMs: logicalKeepMs };
  return { isServerTime: true, speed: clock.kind === 'unix' ? 1 : clock.speed, keepMs: 0 };
}

function decisionOf(reply: ScriptReply, arrivalUs: number): StoreDecision {
  if (typeof reply === 'number') {
    return { allowed: true, retryAfterUs: 0, delayUs: 0, remaining: reply, atUs: arrivalUs };
  }
  const [held, remaining, nowUs, ...told] = reply;
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
