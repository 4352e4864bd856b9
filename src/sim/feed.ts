import { ArrivalBatch } from '../algorithms/batch.ts';
import { Interrupted, unlessAborted } from '../errors.ts';
import type { ArrivalSource, RequestsByKey } from '../traffic/source.ts';
import { formatDuration } from '../units.ts';
import { rowsOfKeys } from './batch-rows.ts';
import type { Engine } from './engine.ts';
import { KeyOrder, mayComeByKey } from './key-order.ts';
import { longestTtlUs } from './limiters.ts';
import { KeysAliveByKey } from './meters/keys-alive-by-key.ts';
import { Offered } from './meters/offered.ts';
import { Oracle } from './oracle.ts';
import type { ComparisonPlan } from './plan.ts';

export interface FeedOptions {
  readonly plan: ComparisonPlan;
  readonly source: ArrivalSource;
  readonly engine: Engine;
  readonly signal?: AbortSignal;
}

/** Fills the batches that an engine lends, and counts what it took. */
export interface Feed {
  readonly offered: Offered;
  /** Fills a batch, and has the oracle judge it; false at the end of the traffic. */
  fill(batch: ArrivalBatch): Promise<boolean>;
  /** The engine has taken what was filled last, as far as the batch is long. */
  count(batch: ArrivalBatch): void;
  /** Nothing more is to be counted; answers what is to be said of the last requests. */
  finish(): string[];
}

/** Requests by key where every limit is per key: as the source has them so, or else sorted batch by batch. */
export function feedOf(options: FeedOptions): Feed {
  const { plan, source, engine } = options;
  const ttlsUs = plan.selections.map((selection) => longestTtlUs(selection, plan));
  const sortable = engine.sortsByKey && mayComeByKey(plan);
  const byKey = sortable ? source.byKey?.() : undefined;
  if (byKey && ttlsUs.every((ttlUs) => KeysAliveByKey.measures(ttlUs, byKey.longestStretchUs)))
    return new FeedByKey(byKey, source, plan, ttlsUs);
  return new FeedInTime(options, ttlsUs, sortable ? new KeyOrder(source.hasDurations) : undefined);
}

class FeedByKey implements Feed {
  readonly offered: Offered;
  readonly #requests: RequestsByKey;
  readonly #source: ArrivalSource;
  readonly #oracle: Oracle;
  #lastKey = 0;

  constructor(
    requests: RequestsByKey,
    source: ArrivalSource,
    plan: ComparisonPlan,
    ttlsUs: readonly number[],
  ) {
    this.offered = new Offered(ttlsUs, 'key');
    this.#requests = requests;
    this.#source = source;
    this.#oracle = new Oracle(plan);
  }

  async fill(batch: ArrivalBatch): Promise<boolean> {
    if (!this.#requests.next(batch, rowsOfKeys)) return false;
    batch.findOneCost();
    this.#oracle.judge(batch);
    return true;
  }

  count(batch: ArrivalBatch): void {
    this.offered.measure(batch);
    if (batch.length > 0) this.#lastKey = batch.key[batch.length - 1];
    if (!this.#requests.isMidStretch) this.offered.endStretch(this.#requests.stretch.stopUs);
  }

  finish(): string[] {
    if (!this.#requests.isMidStretch) return [];
    const { startUs, stopUs } = this.#requests.stretch;
    this.offered.endStretch(stopUs);
    const last = this.#source.keyName(this.#lastKey);
    const between = `between ${formatDuration(startUs)} and ${formatDuration(stopUs)}`;
    return [`requests are taken key by key: ${between} only the keys up to ${last} had their turn`];
  }
}

class FeedInTime implements Feed {
  readonly offered: Offered;
  readonly #options: FeedOptions;
  readonly #order: KeyOrder | undefined;
  readonly #oracle: Oracle;
  #unsorted: ArrivalBatch | undefined;

  /** `order`: sorts each batch before the oracle and the engine see it. */
  constructor(options: FeedOptions, ttlsUs: readonly number[], order: KeyOrder | undefined) {
    this.offered = new Offered(ttlsUs, 'time');
    this.#options = options;
    this.#order = order;
    this.#oracle = new Oracle(options.plan);
  }

  async fill(batch: ArrivalBatch): Promise<boolean> {
    if (this.#order) this.#unsorted ??= new ArrivalBatch(batch.capacity);
    const arrivals = this.#unsorted ?? batch;
    if (!(await read(this.#options, arrivals))) return false;
    arrivals.findOneCost();
    this.#order?.sort(arrivals, batch);
    this.#oracle.judge(batch);
    return true;
  }

  count(batch: ArrivalBatch): void {
    const arrivals = this.#unsorted ?? batch;
    arrivals.length = batch.length; // an engine may be interrupted
    this.offered.measure(arrivals);
  }

  finish(): string[] {
    return [];
  }
}

/** The next requests of the source; an interruption while they are waited for ends the traffic. */
async function read({ source, signal }: FeedOptions, arrivals: ArrivalBatch): Promise<boolean> {
  try {
    return await unlessAborted(Promise.resolve(source.next(arrivals)), signal);
  } catch (error) {
    if (error instanceof Interrupted) return false;
    throw error;
  }
}
