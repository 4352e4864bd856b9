import { Blocks, smallestBlock } from './blocks.ts';
import { grown } from './columns.ts';

/** The longest time that 4 bytes hold, and the longest for which entries may be kept in them: then bases move seldom. */
const mostIn4BytesUs = 2 ** 32 - 1;
const longestKeptIn4BytesUs = 2 ** 31;

/** Fields of a key's record. */
const wordsPerRecord = 4;
const block = 0;
const blockRows = 1;
const start = 2;
const end = 3;

/**
 * For each key a log of (instant, units), oldest first, with a moving oldest end. Entries are named by ordinals: the
 * n-th entry ever pushed for the key has ordinal n, so a cursor stays valid while the log grows. One key is selected at a
 * time, and all questions are about it; those about trailing spans are in trailing-span.ts.
 *
 * Memory decides the speed here. Old entries are forgotten only when room is needed. The record of the selected key is held
 * in fields, as the next request is mostly of the same key. Loops over many requests of one key read these fields into
 * locals and write back `end` (SlidingWindowLog, RuleAudit): through the methods here the same takes twice the time.
 *
 * A key's entries lie in a block whose size is a power of two, and doubles when it is full. An instant is kept as the
 * microseconds since its key's base, in 4 bytes, which halves the memory. The base moves when they do not suffice, at most
 * once in 36 minutes; entries that are kept longer than that have 8 bytes. Units cost no memory while every entry is of 1
 * unit; the first other entry adds the second column.
 */
export class KeyLog {
  /** The selected key's entry with ordinal n lies in row `block + (n & mask)` of `sinceBaseUs`. */
  block = 0;
  mask = -1;
  sinceBaseUs: Uint32Array | Float64Array;
  /** What the instants of the selected key are counted from. */
  baseUs = 0;
  /** Ordinal of the oldest entry; equals `end` when the log is empty. */
  start = 0;
  /** Ordinal that the next entry will have. */
  end = 0;

  #key = -1;
  #records = new Uint32Array(0);
  #basesUs = new Float64Array(0); // for each key
  #keys = 0;
  /** Units pushed for the key before this entry; absent while all entries are of 1 unit, when it is the ordinal. */
  #unitsBefore: Float64Array | undefined;
  #units = new Float64Array(0); // units ever pushed for the key; kept while `#unitsBefore` is
  readonly #blocks = new Blocks();
  readonly #keepsUs: number;
  readonly #mostSinceBaseUs: number;

  /** `keepsUs`: entries at least this much older than a new one may be forgotten to make room for it. */
  constructor(keepsUs = Number.POSITIVE_INFINITY) {
    this.#keepsUs = keepsUs;
    const in4Bytes = keepsUs <= longestKeptIn4BytesUs;
    this.sinceBaseUs = in4Bytes ? new Uint32Array(16) : new Float64Array(16);
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

  /** The ordinal that `end` may come to without anything having to be forgotten. */
  get fullAt(): number {
    return this.start + this.mask + 1;
  }

  /** The last instant that can be counted from the base as it is. */
  get latestUs(): number {
    return this.baseUs + this.#mostSinceBaseUs;
  }

  /** Whether a push at this instant leaves all entries where they are. */
  hasRoomFor(instantUs: number): boolean {
    return this.end < this.fullAt && instantUs >= this.baseUs && instantUs <= this.latestUs;
  }

  /** Whether every entry, of all keys, is of 1 unit. */
  get ofUnits(): boolean {
    return this.#unitsBefore === undefined;
  }

  /** Units of all entries. */
  get units(): number {
    return this.unitsFrom(this.start);
  }

  /** Units of the entries from `ordinal` on. */
  unitsFrom(ordinal: number): number {
    if (this.#unitsBefore === undefined) return this.end - ordinal;
    return ordinal === this.end ? 0 : this.#units[this.#key] - this.#unitsBefore[this.#place(ordinal)];
  }

  instantUs(ordinal: number): number {
    return this.baseUs + this.sinceBaseUs[this.#place(ordinal)];
  }

  push(instantUs: number, units: number): void {
    if (units !== 1 && this.#unitsBefore === undefined) this.#addUnitsColumn();
    if (this.end === this.fullAt) this.#makeRoom(instantUs);
    if (instantUs < this.baseUs || instantUs > this.latestUs) this.#moveBase(instantUs);
    const at = this.#place(this.end);
    this.sinceBaseUs[at] = instantUs - this.baseUs;
    if (this.#unitsBefore !== undefined) {
      this.#unitsBefore[at] = this.#units[this.#key];
      this.#units[this.#key] += units;
    }
    this.end++;
  }

  /** Forgets the entries whose instant is not after `untilUs`. */
  expire(untilUs: number): void {
    while (this.start < this.end && this.instantUs(this.start) <= untilUs) this.start++;
  }

  /** Forgets the entries before `ordinal`. */
  dropBefore(ordinal: number): void {
    this.start = ordinal;
  }

  /** Bytes of the room that keys have, as plain 8-byte numbers. */
  bytes(): number {
    this.#store();
    let entries = 0;
    for (let at = blockRows; at < this.#records.length; at += wordsPerRecord) entries += this.#records[at];
    return entries * (this.#unitsBefore === undefined ? 8 : 16);
  }

  #store(): void {
    if (this.#key < 0) return;
    const record = this.#key * wordsPerRecord;
    const records = this.#records;
    records[record + block] = this.block;
    records[record + blockRows] = this.mask + 1;
    records[record + start] = this.start;
    records[record + end] = this.end;
  }

  #load(key: number): void {
    const record = key * wordsPerRecord;
    const records = this.#records;
    this.#key = key;
    this.block = records[record + block];
    this.mask = records[record + blockRows] - 1;
    this.start = records[record + start];
    this.end = records[record + end];
    this.baseUs = this.#basesUs[key];
  }

  #place(ordinal: number): number {
    return this.block + (ordinal & this.mask);
  }

  /** Counts the entries from the oldest that is still kept, so that one of `nowUs` can be held. */
  #moveBase(nowUs: number): void {
    this.expire(nowUs - this.#keepsUs);
    const baseUs = this.start === this.end ? nowUs : this.instantUs(this.start);
    const byUs = baseUs - this.baseUs;
    for (let ordinal = this.start; ordinal < this.end; ordinal++) {
      this.sinceBaseUs[this.#place(ordinal)] -= byUs;
    }
    this.baseUs = baseUs;
    this.#basesUs[this.#key] = baseUs;
  }

  #makeRoom(nowUs: number): void {
    this.expire(nowUs - this.#keepsUs);
    if (this.end === this.fullAt) this.#enlarge();
  }

  #enlarge(): void {
    const rows = this.mask + 1;
    const largerRows = Math.max(smallestBlock, rows * 2);
    const to = this.#blocks.take(largerRows);
    this.sinceBaseUs = grown(this.sinceBaseUs, this.#blocks.rows);
    if (this.#unitsBefore) this.#unitsBefore = grown(this.#unitsBefore, this.#blocks.rows);
    for (let ordinal = this.start; ordinal < this.end; ordinal++) {
      this.#copyEntry(this.#place(ordinal), to + (ordinal & (largerRows - 1)));
    }
    if (rows > 0) this.#blocks.giveBack(this.block, rows);
    this.block = to;
    this.mask = largerRows - 1;
  }

  #copyEntry(from: number, to: number): void {
    this.sinceBaseUs[to] = this.sinceBaseUs[from];
    if (this.#unitsBefore) this.#unitsBefore[to] = this.#unitsBefore[from];
  }

  #addUnitsColumn(): void {
    const selected = this.#key;
    this.#units = new Float64Array(this.#keys);
    const unitsBefore = new Float64Array(this.sinceBaseUs.length);
    for (let key = 0; key < this.#keys; key++) {
      this.select(key);
      this.#units[key] = this.end;
      for (let ordinal = this.start; ordinal < this.end; ordinal++)
        unitsBefore[this.#place(ordinal)] = ordinal;
    }
    this.select(selected);
    this.#unitsBefore = unitsBefore;
  }
}
