import type { ArrivalBatch } from '../algorithms/batch.ts';
import { costsOf, durationsOf } from './amounts/index.ts';
import type { Amounts } from './amounts/model.ts';
import { arrivalModelOf } from './arrivals/index.ts';
import type { Arrivals } from './arrivals/model.ts';
import { keyModelOf } from './keys/index.ts';
import type { KeyChooser } from './keys/model.ts';
import { oneKey, type StreamPlan } from './plan.ts';
import type { PoissonByKey } from './poisson-by-key.ts';
import { stream as randomStream } from './random.ts';

/** Where the ranges of a stream lie among the numbers of the scenario. */
export interface StreamSite {
  readonly seed: number;
  readonly firstKeys: readonly number[];
  readonly tenants: readonly number[];
  readonly keyStep: number;
}

/** When requests come, and whose they are. */
interface KeyedArrivals {
  readonly arrivals: Arrivals | PoissonByKey;
  /** Absent where the arrivals themselves decide who sends. */
  readonly keys?: KeyChooser;
}

/** The requests of one stream, written column by column: each pass is a plain loop over one or two arrays. */
export class RequestStream {
  readonly #requests: KeyedArrivals;
  /** The tenant of every request; absent where the keys have tenants of their own. */
  readonly #tenant: number | undefined;
  readonly #costs: Amounts;
  readonly #durations: Amounts;

  /** `requests`: what it is made of, where that is not what its models make one by one. */
  constructor(plan: StreamPlan, site: StreamSite, requests = oneByOne(plan, site)) {
    const { keys = oneKey, costs, durations = { model: 'fixed', value: 0 } } = plan.spec;
    const draw = drawsOf(plan, site);
    this.#requests = requests;
    this.#tenant = keys.model === 'tenants' ? undefined : site.tenants[0];
    this.#costs = costsOf(costs, draw('costs'));
    this.#durations = durationsOf(durations, draw('durations'));
  }

  /** Writes the next requests to rows `from` up to `to`; returns how many, fewer than asked for at the end of what they are made of. */
  fill(batch: ArrivalBatch, from: number, to: number): number {
    const { arrivals, keys } = this.#requests;
    const rows = arrivals.fill(batch, from, to);
    const end = from + rows;
    keys?.fill(batch, from, end);
    if (this.#tenant !== undefined) batch.tenant.fill(this.#tenant, from, end);
    this.#costs.fill(batch.cost, from, end);
    this.#durations.fill(batch.durationUs, from, end);
    return rows;
  }
}

function oneByOne(plan: StreamPlan, site: StreamSite): KeyedArrivals {
  const { arrivals, keys = oneKey } = plan.spec;
  const { firstKeys, tenants, keyStep } = site;
  const draw = drawsOf(plan, site);
  const model = arrivalModelOf(arrivals);
  const begun = model.begin(arrivals, {
    span: plan.span,
    draw: draw('arrivals'),
    drawPhases: draw('phases'),
    firstKey: firstKeys[0],
  });
  if (model.clients) return { arrivals: begun };
  const keySite = { draw: draw('keys'), firstKeys, tenants, keyStep, startUs: plan.span.startUs };
  return { arrivals: begun, keys: keyModelOf(keys).begin(keys, keySite) };
}

function drawsOf({ name }: StreamPlan, { seed }: StreamSite) {
  return (use: string) => randomStream(seed, `${name}/${use}`);
}
