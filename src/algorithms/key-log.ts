import { Blocks, smallestBlock } from './blocks.ts';
import { grown } from './columns.ts';

/** The longest time that 4 bytes hold, and the longest for which entries may be kept in them: then bases move seldom. */
const mostIn4BytesUs = 2 ** 32 - 1;
const longestKeptIn4BytesUs = 2 ** 31;

/** Fields of a key's record. */
const wordsPerRecord = 4;
const block = 0;
const blockSize = 1;
const start = 2;
const end = 3;

/**
 * For each key a log of (instant, units), oldest first, with a moving oldest end. Entries are named by ordinals: the
 * n-th entry ever pushed for the key has ordinal n, so a cursor stays valid while the log grows. One key is selected at a
 * time, and all questions are about it.
 *
 * Memory decides the speed here. What is asked most, whether the units of the last span exceed a number, is answered
 * without looking for the start of the span: by the instant of the one entry that would have to be older (`lastToGo`).
 * Old entries are therefore forgotten only when room is needed. The record of the selected key is held in fields, as the
 * next request is mostly of the same key.
 *
 * Entries live in blocks whose sizes are powers of two; a key's block doubles when it is full. An instant is kept as the
 * microseconds since its key's base, in 4 bytes, which halves the memory. The base moves when they do not suffice, at most
 * once in 36 minutes; entries that are kept longer than that have 8 bytes. Units cost no memory while every entry is of 1
 * unit; the first other entry adds the second column.
 */
export class KeyLog {
  #records = new Uint32Array(0);
  #keys = 0;

  #key = -1; // the selected one, and its record:
  #block = 0;
  #blockSize = 0;
  #start = 0;
  #end = 0;

  #baseUs = 0;

  #basesUs = new Float64Array(0); // for each key what its entries are counted from
  #sinceBaseUs: Uint32Array | Float64Array;
  readonly #mostSinceBaseUs: number;
  /** Units pushed for the key before this entry; absent while all entries are of 1 unit, when it is the ordinal. */
  #unitsBefore: Float64Array | undefined;
  #units = new Float64Array(0); // units ever pushed for the key; kept while `#unitsBefore` is
  readonly #blocks = new Blocks();
  readonly #keepsUs: number;

  /** `keepsUs`: entries at least this much older than a new one may be forgotten to make room for it. */
  constructor(keepsUs = Number.POSITIVE_INFINITY) {
    this.#keepsUs = keepsUs;
    const in4Bytes = keepsUs <= longestKeptIn4BytesUs;
    this.#sinceBaseUs = in4Bytes ? new Uint32Array(16) : new Float64Array(16);
    this.#mostSinceBaseUs = in4Bytes ? mostIn4BytesUs : Number.POSITIVE_INFINITY;
  }

  reserve(keys: number): void {
    if (keys <= this.#keys) return;
    this.#records = grown(this.#records, keys * wordsPerRecord);
    this.#keys = this.#records.length / wordsPerRecord;
    this.#basesUs = grown(this.#basesUs, this.#keys);
    if (this.#unitsBefore) this.#units = grown(this.#units, this.#keys);
  }

  /** Makes `key` the one that everything else is about. */
  select(key: number): void {
    if (key === this.#key) return;
    this.#store();
    this.#load(key);
  }

  /** Ordinal of the oldest entry; equals `end` when the log is empty. */
  get start(): number {
    return this.#start;
  }

  /** Ordinal that the next entry will have. */
  get end(): number {
    return this.#end;
  }

  /** Units of all entries. */
  get units(): number {
    return this.unitsFrom(this.#start);
  }

  /** Units of the entries from `ordinal` on. */
  unitsFrom(ordinal: number): number {
    if (this.#unitsBefore === undefined) return this.#end - ordinal;
    return ordinal === this.#end ? 0 : this.#units[this.#key] - this.#unitsBefore[this.#place(ordinal)];
  }

  instantUs(ordinal: number): number {
    return this.#baseUs + this.#sinceBaseUs[this.#place(ordinal)];
  }

  push(instantUs: number, units: number): void {
    if (units !== 1 && this.#unitsBefore === undefined) this.#addUnitsColumn();
    if (this.#end - this.#start === this.#blockSize) this.#makeRoom(instantUs);
    const sinceBaseUs = instantUs - this.#baseUs;
    if (sinceBaseUs < 0 || sinceBaseUs > this.#mostSinceBaseUs) this.#moveBase(instantUs);
    const at = this.#place(this.#end);
    this.#sinceBaseUs[at] = instantUs - this.#baseUs;
    if (this.#unitsBefore !== undefined) {
      this.#unitsBefore[at] = this.#units[this.#key];
      this.#units[this.#key] += units;
    }
    this.#end++;
  }

  /** Forgets the entries whose instant is not after `untilUs`. */
  expire(untilUs: number): void {
    this.#start = this.firstAfter(this.#start, untilUs);
  }

  /** Forgets the entries before `ordinal`. */
  dropBefore(ordinal: number): void {
    this.#start = ordinal;
  }

  /** The first ordinal at or after `from` whose instant is after `instantUs`; near ones are found soonest. */
  firstAfter(from: number, instantUs: number): number {
    let low = from;
    let step = 1;
    while (low + step <= this.#end && this.instantUs(low + step - 1) <= instantUs) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, this.#end);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.instantUs(middle) <= instantUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The newest entry that must go so that the ones after it are of at most `units` together. */
  lastToGo(units: number): number {
    if (this.#unitsBefore === undefined) return this.#end - units - 1;
    let low = this.#start;
    let high = this.#end - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.unitsFrom(middle + 1) <= units) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Bytes of the blocks that keys own, as plain 8-byte numbers. */
  bytes(): number {
    this.#store();
    let entries = 0;
    for (let at = blockSize; at < this.#records.length; at += wordsPerRecord) entries += this.#records[at];
    return entries * (this.#unitsBefore === undefined ? 8 : 16);
  }

  #store(): void {
    if (this.#key < 0) return;
    const record = this.#key * wordsPerRecord;
    const records = this.#records;
    records[record + block] = this.#block;
    records[record + blockSize] = this.#blockSize;
    records[record + start] = this.#start;
    records[record + end] = this.#end;
  }

  #load(key: number): void {
    const record = key * wordsPerRecord;
    const records = this.#records;
    this.#key = key;
    this.#block = records[record + block];
    this.#blockSize = records[record + blockSize];
    this.#start = records[record + start];
    this.#end = records[record + end];
    this.#baseUs = this.#basesUs[key];
  }

  #place(ordinal: number): number {
    return this.#block + (ordinal & (this.#blockSize - 1));
  }

  /** Counts the entries from the oldest that is still kept, so that one of `nowUs` can be held. */
  #moveBase(nowUs: number): void {
    this.expire(nowUs - this.#keepsUs);
    const baseUs = this.#start === this.#end ? nowUs : this.instantUs(this.#start);
    const byUs = baseUs - this.#baseUs;
    for (let ordinal = this.#start; ordinal < this.#end; ordinal++) {
      this.#sinceBaseUs[this.#place(ordinal)] -= byUs;
    }
    this.#baseUs = baseUs;
    this.#basesUs[this.#key] = baseUs;
  }

  #makeRoom(nowUs: number): void {
    this.expire(nowUs - this.#keepsUs);
    if (this.#end - this.#start === this.#blockSize) this.#enlarge();
  }

  #enlarge(): void {
    const largerSize = Math.max(smallestBlock, this.#blockSize * 2);
    const to = this.#blocks.take(largerSize);
    this.#sinceBaseUs = grown(this.#sinceBaseUs, this.#blocks.rows);
    if (this.#unitsBefore) this.#unitsBefore = grown(this.#unitsBefore, this.#blocks.rows);
    for (let ordinal = this.#start; ordinal < this.#end; ordinal++) {
      this.#copyEntry(this.#place(ordinal), to + (ordinal & (largerSize - 1)));
    }
    if (this.#blockSize > 0) this.#blocks.giveBack(this.#block, this.#blockSize);
    this.#block = to;
    this.#blockSize = largerSize;
  }

  #copyEntry(from: number, to: number): void {
    this.#sinceBaseUs[to] = this.#sinceBaseUs[from];
    if (this.#unitsBefore) this.#unitsBefore[to] = this.#unitsBefore[from];
  }

  #addUnitsColumn(): void {
    const selected = this.#key;
    this.#units = new Float64Array(this.#keys);
    const unitsBefore = new Float64Array(this.#sinceBaseUs.length);
    for (let key = 0; key < this.#keys; key++) {
      this.select(key);
      this.#units[key] = this.#end;
      for (let ordinal = this.#start; ordinal < this.#end; ordinal++)
        unitsBefore[this.#place(ordinal)] = ordinal;
    }
    this.select(selected);
    this.#unitsBefore = unitsBefore;
  }
}
