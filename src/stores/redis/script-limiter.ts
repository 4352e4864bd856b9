import { neverHeld, type ScriptReply, scriptText } from '../../algorithms/redis/redis.ts';
import type {
  StoreClock,
  StoreDecision,
  StoreLimiter,
  StoreRequest,
  StoreRow,
  StoreUsage,
} from '../store.ts';
import { diedOf, type RedisClient } from './connect.ts';
import { storeErrorOf } from './errors.ts';

/** In logical time the wall says nothing about when state may be forgotten; this is only the net under a lost run. */
export const logicalKeepMs = 86_400_000;

/** The command that ioredis adds to a client for a script. */
type Decide = (keys: number, ...args: (string | number)[]) => Promise<ScriptReply>;

/**
 * Decides by the algorithm's script, one call a decision. `clients` share the work by the name of the state, so that
 * requests on one name are decided in the order in which they were made.
 */
export class ScriptLimiter implements StoreLimiter {
  readonly #clients: readonly RedisClient[];
  readonly #deciders: readonly Decide[];
  readonly #settings: readonly (readonly (number | string)[])[];
  readonly #clock: readonly [keepMs: number, speed: number | ''];
  readonly #serverTimeUs: () => Promise<number>;
  #originUs: number | undefined; // the server's time when the run began, for the wall clock
  readonly #usage: (decisions: number) => Promise<StoreUsage>;
  #decisions = 0;

  constructor(
    clients: readonly RedisClient[],
    { algorithm, params, quotas, context, clock }: StoreRow,
    serverTimeUs: () => Promise<number>,
    usage: (decisions: number) => Promise<StoreUsage>,
  ) {
    const lua = scriptText(algorithm.redis.lua(params));
    this.#clients = clients;
    this.#deciders = clients.map((client) => commandOf(client, lua));
    this.#settings = quotas.map((quota) => algorithm.redis.settings(quota, params, context));
    this.#clock = clockOf(clock);
    this.#serverTimeUs = serverTimeUs;
    this.#usage = usage;
  }

  async begin(): Promise<void> {
    if (this.#clock[1] !== '') this.#originUs = await this.#serverTimeUs();
  }

  async decide(request: StoreRequest): Promise<StoreDecision> {
    const { limits, names, nowUs, cost, durationUs } = request;
    const [keepMs, speed] = this.#clock;
    const settings =
      limits.length === 1 ? this.#settings[limits[0]] : limits.flatMap((at) => this.#settings[at]);
    const connection = this.#clients.length === 1 ? 0 : hash(names[0]) % this.#clients.length;
    const decide = this.#deciders[connection];
    this.#decisions++;
    try {
      const timeUs = this.#originUs ?? nowUs;
      return decisionOf(
        await decide(names.length, ...names, timeUs, speed, cost, durationUs, keepMs, ...settings),
      );
    } catch (error) {
      throw storeErrorOf(error, diedOf.get(this.#clients[connection]));
    }
  }

  usage(): Promise<StoreUsage> {
    return this.#usage(this.#decisions);
  }
}

function clockOf(clock: StoreClock): [keepMs: number, speed: number | ''] {
  return clock.kind === 'logical' ? [logicalKeepMs, ''] : [0, clock.speed];
}

/** ioredis calls the script by its SHA, and sends it whole when the server has lost it. */
function commandOf(client: RedisClient, lua: string): Decide {
  const name = 'ratelimitDecide';
  client.defineCommand(name, { lua });
  const commands = client as unknown as Record<string, Decide>; // the command was just added to the client
  return (...args) => commands[name](...args);
}

function decisionOf([held, remaining, nowUs]: ScriptReply): StoreDecision {
  const allowed = held >= 0;
  const retryAfterUs = held === neverHeld ? Number.POSITIVE_INFINITY : -held;
  return {
    allowed,
    retryAfterUs: allowed ? 0 : retryAfterUs,
    delayUs: allowed ? held : 0,
    remaining,
    atUs: nowUs,
  };
}

/** Spreads names over connections. */
function hash(name: string): number {
  let sum = 0;
  for (let at = 0; at < name.length; at++) sum = (Math.imul(sum, 31) + name.charCodeAt(at)) >>> 0;
  return sum;
}
