import type * as z from 'zod';
import type { Quota } from '../../../algorithms/algorithm.ts';
import { grown } from '../../../algorithms/columns.ts';
import { durationUs, periodUs, positiveNumber } from '../../../fields.ts';
import type { Draw } from '../../../traffic/random.ts';
import { type Answer, type Desk, type Policy, retrying } from '../policy.ts';

export const herokuSources = [
  'zombocom/rate_throttle_client, README and lib/rate_throttle_client/clients',
  'R. Schneeman, A Fast Car Needs Good Brakes, Heroku blog, 2020',
];

/** Settings of the four strategies. */
export const sleeping = {
  min_sleep: periodUs
    .optional()
    .describe('least sleep after a refusal; the limit’s period over its units when left out'),
  multiplier: positiveNumber.default(1.2).describe('how many times longer each sleep is than the one before'),
  ...retrying,
};

/** Settings of those that go on sleeping after they got through. */
export const throttling = {
  start: durationUs.prefault('0s').describe('sleep before the first request'),
  ...sleeping,
};

/** A sleep and up to a tenth of it more, by chance. */
export function jittered(sleepUs: number, chance: Draw): number {
  return sleepUs * (1 + chance() / 10);
}

export function minSleepUs({ min_sleep }: { readonly min_sleep?: number | undefined }, quota: Quota): number {
  return min_sleep ?? quota.periodUs / Math.max(1, quota.limit);
}

/** How much of a sleep goes when a request got through. */
type Decrease = (sleepUs: number, answer: Answer) => number;

/**
 * A client that sleeps before each unit of work: longer after each refusal, exponentially, and less after each success. The
 * sleep is the client's, for all that it has under way: work begins with the client's, and leaves its own when it is done.
 */
export class Throttled implements Policy {
  readonly #works: Desk['works'];
  readonly #chance: Draw;
  readonly #minSleepUs: number;
  readonly #startUs: number;
  readonly #multiplier: number;
  readonly #decrease: Decrease;
  #sleepUs = new Float64Array(0); // for each client

  constructor(settings: z.output<z.ZodObject<typeof throttling>>, desk: Desk, decrease: Decrease) {
    this.#works = desk.works;
    this.#chance = desk.draw('clients/jitter');
    this.#minSleepUs = minSleepUs(settings, desk.quota);
    this.#startUs = settings.start;
    this.#multiplier = settings.multiplier;
    this.#decrease = decrease;
  }

  beforeUs(work: number): number {
    const key = this.#works.key[work];
    this.#sleepUs = grown(this.#sleepUs, key + 1, this.#startUs);
    this.#works.memory[work] = this.#sleepUs[key];
    return jittered(this.#works.memory[work], this.#chance);
  }

  retryUs(work: number): number {
    const { memory } = this.#works;
    const sleepUs = memory[work] + this.#minSleepUs;
    memory[work] = sleepUs * this.#multiplier;
    return jittered(sleepUs, this.#chance);
  }

  afterDone(work: number, answer: Answer): void {
    const { memory, key } = this.#works;
    const sleepUs = memory[work];
    this.#sleepUs[key[work]] = Math.max(0, sleepUs - this.#decrease(sleepUs, answer));
  }
}
