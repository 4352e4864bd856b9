import * as z from 'zod';
import { grown } from '../../../algorithms/columns.ts';
import { count, periodUs } from '../../../fields.ts';
import {
  type Answer,
  asTold,
  type Desk,
  definePolicy,
  type Policy,
  retrying,
  wholeSeconds,
} from '../policy.ts';

const params = z.strictObject({
  whole_seconds: wholeSeconds,
  otherwise: periodUs.prefault('1s').describe('wait where a refusal says nothing'),
  ...retrying,
  in_flight: count
    .prefault(1)
    .describe(
      'units of work that a client has under way at once; with more than one it knows less of what is left',
    ),
});

export const ratelimitHeaders = definePolicy({
  name: 'ratelimit-headers',
  title: 'paces itself by what the RateLimit fields say is left, and until when',
  sources: ['draft-ietf-httpapi-ratelimit-headers'],
  params,
  readsLimit: true,
  create: (settings, desk) => new Paced(settings, desk),
});

/**
 * Spreads what is left over the time until there is more: after an answer with r units left and more in t, the client
 * lets t / (r + 1) pass between its requests. A refusal closes the gate until its retry-after.
 */
class Paced implements Policy {
  readonly #settings: z.output<typeof params>;
  readonly #works: Desk['works'];
  // for each client
  #lastUs = new Float64Array(0); // instant of the latest request that it has sent or is to send
  #openFromUs = new Float64Array(0); // before this it sends nothing
  #spacingUs = new Float64Array(0);

  constructor(settings: z.output<typeof params>, { works }: Desk) {
    this.#settings = settings;
    this.#works = works;
  }

  beforeUs(work: number, nowUs: number): number {
    const key = this.#works.key[work];
    this.#lastUs = grown(this.#lastUs, key + 1);
    this.#openFromUs = grown(this.#openFromUs, key + 1);
    this.#spacingUs = grown(this.#spacingUs, key + 1);
    return this.#reserve(work, nowUs) - nowUs;
  }

  retryUs(work: number, answer: Answer): number {
    const key = this.#works.key[work];
    const { nowUs, retryAfterUs } = answer;
    this.#learn(key, answer);
    const waitUs =
      retryAfterUs === Number.POSITIVE_INFINITY ? this.#settings.otherwise : this.#told(retryAfterUs);
    this.#openFromUs[key] = Math.max(this.#openFromUs[key], nowUs + waitUs);
    return this.#reserve(work, nowUs) - nowUs;
  }

  afterDone(work: number, answer: Answer): void {
    this.#learn(this.#works.key[work], answer);
  }

  /** When the client may send this: a spacing after the one before. What is given up by then takes no turn. */
  #reserve(work: number, nowUs: number): number {
    const key = this.#works.key[work];
    const atUs = Math.max(nowUs, this.#openFromUs[key], this.#lastUs[key] + this.#spacingUs[key]);
    if (atUs <= this.#works.deadlineUs[work]) this.#lastUs[key] = atUs;
    return atUs;
  }

  #learn(key: number, { nowUs, remaining, moreInUs }: Answer): void {
    if (remaining < 0) return;
    const isUnused = moreInUs === Number.POSITIVE_INFINITY;
    this.#spacingUs[key] = isUnused ? 0 : this.#told(moreInUs) / (remaining + 1);
    if (remaining === 0 && !isUnused) {
      this.#openFromUs[key] = Math.max(this.#openFromUs[key], nowUs + this.#told(moreInUs));
    }
  }

  #told(us: number): number {
    return asTold(us, this.#settings.whole_seconds);
  }
}
