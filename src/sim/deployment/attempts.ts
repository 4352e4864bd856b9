import type { ArrivalBatch, DecisionBatch } from '../../algorithms/batch.ts';

/** Who sent an attempt that nobody is to hear about. */
export const nobody = -1;

const firstRoom = 2 ** 13;

/**
 * The attempts that are under way or not yet measured, in the order in which they were made. An attempt is a number that
 * counts on from 0; its place in the columns is that number `& mask`, in a ring that grows while attempts wait for
 * their answers.
 */
export class Attempts {
  mask = firstRoom - 1;
  timeUs = new Float64Array(firstRoom);
  durationUs = new Float64Array(firstRoom);
  key = new Uint32Array(firstRoom);
  tenant = new Uint32Array(firstRoom);
  cost = new Uint32Array(firstRoom);
  entitled = new Uint8Array(firstRoom);
  /** The node that took it. */
  node = new Uint32Array(firstRoom);
  /** The unit of a client's work that it is made for, or `nobody`. */
  work = new Int32Array(firstRoom);
  /** What a topology has to remember of it. */
  stage = new Uint8Array(firstRoom);
  /** The decision, as soon as there is one. */
  allowed = new Uint8Array(firstRoom);
  retryAfterUs = new Float64Array(firstRoom);
  delayUs = new Float64Array(firstRoom);
  /** Whether clients are told what is left of the limit. */
  tellsLimit = false;
  /** Units that would still pass when it was decided, where that is told; -1 when nobody knows. */
  remaining = new Float64Array(firstRoom);
  /** Time from then until more would pass; Infinity when nothing is used up. */
  moreInUs = new Float64Array(firstRoom);
  /** 1 when the client has the answer. */
  answered = new Uint8Array(firstRoom);
  /** Keys and tenants that any attempt so far names are below these. */
  keys = 0;
  tenants = 1;
  #next = 0;
  #oldest = 0;
  #answeredBelow = 0;

  /** Made, and not yet measured. */
  get length(): number {
    return this.#next - this.#oldest;
  }

  /** Whether the client still waits for its answer. */
  isOpen(attempt: number): boolean {
    return attempt >= this.#oldest && this.answered[attempt & this.mask] === 0;
  }

  /** Of the oldest attempts, how many in a row have their answers. */
  get ready(): number {
    while (this.#answeredBelow < this.#next && this.answered[this.#answeredBelow & this.mask] === 1) {
      this.#answeredBelow++;
    }
    return this.#answeredBelow - this.#oldest;
  }

  /** A new attempt at `timeUs`, not before the one made last. */
  make(
    timeUs: number,
    key: number,
    tenant: number,
    cost: number,
    durationUs: number,
    entitled: number,
    work: number,
  ): number {
    if (this.length > this.mask) this.#grow();
    const place = this.#next & this.mask;
    this.timeUs[place] = timeUs;
    this.key[place] = key;
    this.tenant[place] = tenant;
    this.cost[place] = cost;
    this.durationUs[place] = durationUs;
    this.entitled[place] = entitled;
    this.work[place] = work;
    this.stage[place] = 0;
    this.remaining[place] = -1;
    this.answered[place] = 0;
    return this.#next++;
  }

  /** Moves the oldest attempts, at most `rows` and only those that are ready, into batches for the meters. */
  drain(arrivals: ArrivalBatch, decisions: DecisionBatch, rows: number): void {
    const length = Math.min(this.ready, rows);
    for (let row = 0; row < length; row++) {
      const place = (this.#oldest + row) & this.mask;
      arrivals.timeUs[row] = this.timeUs[place];
      arrivals.durationUs[row] = this.durationUs[place];
      arrivals.key[row] = this.key[place];
      arrivals.tenant[row] = this.tenant[place];
      arrivals.cost[row] = this.cost[place];
      arrivals.entitled[row] = this.entitled[place];
      decisions.allowed[row] = this.allowed[place];
      decisions.retryAfterUs[row] = this.retryAfterUs[place];
      decisions.delayUs[row] = this.delayUs[place];
    }
    arrivals.length = length;
    arrivals.keys = this.keys;
    arrivals.tenants = this.tenants;
    arrivals.findOneCost();
    this.#oldest += length;
  }

  #grow(): void {
    const room = (this.mask + 1) * 2;
    const before = this.mask;
    this.mask = room - 1;
    this.timeUs = this.#moved(this.timeUs, new Float64Array(room), before);
    this.durationUs = this.#moved(this.durationUs, new Float64Array(room), before);
    this.key = this.#moved(this.key, new Uint32Array(room), before);
    this.tenant = this.#moved(this.tenant, new Uint32Array(room), before);
    this.cost = this.#moved(this.cost, new Uint32Array(room), before);
    this.entitled = this.#moved(this.entitled, new Uint8Array(room), before);
    this.node = this.#moved(this.node, new Uint32Array(room), before);
    this.work = this.#moved(this.work, new Int32Array(room), before);
    this.stage = this.#moved(this.stage, new Uint8Array(room), before);
    this.allowed = this.#moved(this.allowed, new Uint8Array(room), before);
    this.retryAfterUs = this.#moved(this.retryAfterUs, new Float64Array(room), before);
    this.delayUs = this.#moved(this.delayUs, new Float64Array(room), before);
    this.remaining = this.#moved(this.remaining, new Float64Array(room), before);
    this.moreInUs = this.#moved(this.moreInUs, new Float64Array(room), before);
    this.answered = this.#moved(this.answered, new Uint8Array(room), before);
  }

  #moved<T extends Float64Array | Uint32Array | Int32Array | Uint8Array>(from: T, to: T, before: number): T {
    for (let attempt = this.#oldest; attempt < this.#next; attempt++) {
      to[attempt & this.mask] = from[attempt & before];
    }
    return to;
  }
}
