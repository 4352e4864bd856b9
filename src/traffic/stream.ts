import type { ArrivalBatch } from '../algorithms/batch.ts';
import { costsOf, durationsOf } from './amounts/index.ts';
import type { Amounts } from './amounts/model.ts';
import { arrivalModelOf } from './arrivals/index.ts';
import type { Arrivals } from './arrivals/model.ts';
import { keyModelOf } from './keys/index.ts';
import type { KeyChooser } from './keys/model.ts';
import { oneKey, type StreamPlan } from './plan.ts';
import { stream as randomStream } from './random.ts';

/** Where the ranges of a stream lie among the numbers of the scenario. */
export interface StreamSite {
  readonly seed: number;
  readonly firstKeys: readonly number[];
  readonly tenants: readonly number[];
  readonly keyStep: number;
}

/** The requests of one stream, written column by column: each pass is a plain loop over one or two arrays. */
export class RequestStream {
  readonly #arrivals: Arrivals;
  /** Absent where the arrivals decide who sends. */
  readonly #keys: KeyChooser | undefined;
  /** The tenant of every request; absent where the keys have tenants of their own. */
  readonly #tenant: number | undefined;
  readonly #costs: Amounts;
  readonly #durations: Amounts;

  constructor({ spec, name, span }: StreamPlan, { seed, firstKeys, tenants, keyStep }: StreamSite) {
    const { arrivals, keys = oneKey, costs, durations = { model: 'fixed', value: 0 } } = spec;
    const draw = (use: string) => randomStream(seed, `${name}/${use}`);
    const model = arrivalModelOf(arrivals);
    this.#arrivals = model.begin(arrivals, {
      span,
      draw: draw('arrivals'),
      drawPhases: draw('phases'),
      firstKey: firstKeys[0],
    });
    if (!model.clients) {
      const site = { draw: draw('keys'), firstKeys, tenants, keyStep, startUs: span.startUs };
      this.#keys = keyModelOf(keys).begin(keys, site);
    }
    this.#tenant = keys.model === 'tenants' ? undefined : tenants[0];
    this.#costs = costsOf(costs, draw('costs'));
    this.#durations = durationsOf(durations, draw('durations'));
  }

  /** Writes the next requests to rows `from` up to `to`; returns how many, fewer than asked for at the stream's end. */
  fill(batch: ArrivalBatch, from: number, to: number): number {
    const rows = this.#arrivals.fill(batch, from, to);
    const end = from + rows;
    this.#keys?.fill(batch, from, end);
    if (this.#tenant !== undefined) batch.tenant.fill(this.#tenant, from, end);
    this.#costs.fill(batch.cost, from, end);
    this.#durations.fill(batch.durationUs, from, end);
    return rows;
  }
}
