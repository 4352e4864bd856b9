/** The columns that flow from traffic through limiters to meters. A batch is reused: who keeps a row copies it. */

/** Bytes of one request over all columns of an `ArrivalBatch`. */
const arrivalBytes = 8 + 8 + 4 + 4 + 4 + 1;

/**
 * Requests of one stretch of time. A source delivers them in time order; on the way to limiters they may be sorted by key,
 * after which only the requests of one key are in time order. The columns share one buffer, so that a batch can be lent
 * to another thread whole.
 */
export class ArrivalBatch {
  /** Whole microseconds since the start of the run. */
  readonly timeUs: Float64Array;
  /** How long the request keeps a concurrency slot, in microseconds; 0 where the traffic does not say. */
  readonly durationUs: Float64Array;
  /** Whom the request counts against: 0, 1, 2 … in the order in which the keys first appeared. */
  readonly key: Uint32Array;
  /** The group that the key belongs to, for limits that a group shares; 0 where there are no groups. */
  readonly tenant: Uint32Array;
  /** Units that the request takes; 0 is a peek, which takes nothing. */
  readonly cost: Uint32Array;
  /** 1 where the contract, run on the same arrivals, admits the request; what limiters are compared with. */
  readonly entitled: Uint8Array;
  /** Rows in use. */
  length = 0;
  /** What every request in the batch costs; undefined when costs differ, or nobody has looked. */
  oneCost: number | undefined;
  /** Every key in this and earlier batches is below this number. */
  keys = 0;
  /** Every tenant in this and earlier batches is below this number. */
  tenants = 1;

  /** `capacity` rows from row `from` on, of the `rows` that `buffer` holds: all of them if nothing else is said. */
  constructor(
    readonly capacity: number,
    readonly buffer: ArrayBuffer | SharedArrayBuffer = new ArrayBuffer(ArrivalBatch.bytes(capacity)),
    from = 0,
    rows = capacity,
  ) {
    this.timeUs = new Float64Array(buffer, from * 8, capacity);
    this.durationUs = new Float64Array(buffer, rows * 8 + from * 8, capacity);
    this.key = new Uint32Array(buffer, rows * 16 + from * 4, capacity);
    this.tenant = new Uint32Array(buffer, rows * 20 + from * 4, capacity);
    this.cost = new Uint32Array(buffer, rows * 24 + from * 4, capacity);
    this.entitled = new Uint8Array(buffer, rows * 28 + from, capacity);
  }

  /** Sets `oneCost`. A column has one value when it equals itself one row further on. */
  findOneCost(): void {
    const { buffer, byteOffset, BYTES_PER_ELEMENT } = this.cost;
    const bytes = (this.length - 1) * BYTES_PER_ELEMENT;
    const isOne =
      this.length > 0 &&
      Buffer.from(buffer, byteOffset, bytes).equals(
        Buffer.from(buffer, byteOffset + BYTES_PER_ELEMENT, bytes),
      );
    this.oneCost = isOne ? this.cost[0] : undefined;
  }

  /** Whether a request may be a peek. */
  get mayPeek(): boolean {
    return this.oneCost === undefined || this.oneCost === 0;
  }

  /** The rows in use, cut into batches of at most `rows` over the same memory. */
  *parts(rows: number): Generator<ArrivalBatch> {
    for (let from = 0; from < this.length; from += rows) {
      const part = new ArrivalBatch(Math.min(rows, this.length - from), this.buffer, from, this.capacity);
      part.length = part.capacity;
      part.keys = this.keys;
      part.tenants = this.tenants;
      part.oneCost = this.oneCost;
      yield part;
    }
  }

  /** Size of the buffer that a batch of `capacity` rows needs. */
  static bytes(capacity: number): number {
    return capacity * arrivalBytes;
  }
}

/** One decision for each request of an `ArrivalBatch`, row by row. */
export class DecisionBatch {
  /** 1 admitted, 0 refused. */
  readonly allowed: Uint8Array;
  /** Microseconds until the same request would conform, Infinity when it never can; only refused rows are written. */
  readonly retryAfterUs: Float64Array;
  /** Microseconds that a queue holds an admitted request back; only limiters that queue write it, the rest is 0. */
  readonly delayUs: Float64Array;

  constructor(readonly capacity: number) {
    this.allowed = new Uint8Array(capacity);
    this.retryAfterUs = new Float64Array(capacity);
    this.delayUs = new Float64Array(capacity);
  }
}

/** The end of the run of rows from `from` on that have one key: the first row of another key, or `length`. */
export function runEnd(key: Uint32Array, from: number, length: number): number {
  let row = from + 1;
  while (row < length && key[row] === key[from]) row++;
  return row;
}
