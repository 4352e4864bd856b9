import { Blocks, smallestBlock } from './blocks.ts';
import { grown } from './columns.ts';

/** The longest time that 4 bytes hold, and the longest for which entries may be kept in them: then bases move seldom. */
const mostIn4BytesUs = 2 ** 32 - 1;
const longestKeptIn4BytesUs = 2 ** 31;

/**
 * Rows of a key's first block, for a log that is to be fast: a line of the cache. Up to so many keys, for it is more than most
 * of millions would need.
 */
export const lineRows = 16;
const mostKeysWithLines = 2 ** 20;

/** Words of a key's record, and which of them say what. */
export const recordWords = 4;
export const blockAt = 0; // its first row in `sinceBaseUs`
export const blockRowsAt = 1;
export const startAt = 2; // ordinal of the oldest entry; equals the next when the log is empty
export const endAt = 3; // ordinal that the next entry will have

/**
 * Whether a key's log takes one more entry as it is, `sinceUs` after the key's base: of so many entries, in a block of mask + 1
 * rows.
 */
export function hasRoomFor(sinceUs: number, entries: number, mask: number, mostSinceBaseUs: number): boolean {
  return entries <= mask && sinceUs >= 0 && sinceUs <= mostSinceBaseUs;
}

/**
 * For each key a log of (instant, units), oldest first, with a moving oldest end. Entries are named by ordinals: the
 * n-th entry ever pushed for the key has ordinal n, so a cursor stays valid while the log grows. One key is selected at a
 * time, and all questions are about it; those about trailing spans are in trailing-span.ts.
 *
 * Memory decides the speed here. Old entries are forgotten only when room is needed. Loops over many requests of one unit
 * work on the columns themselves (SlidingWindowLog, RuleAudit): through the methods here the same takes twice the time.
 *
 * A key's entries lie in a block whose size is a power of two, and doubles when it is full: the one with ordinal n in row
 * `block + (n & (rows - 1))`. An instant is kept as the microseconds since its key's base, in 4 bytes, which halves the
 * memory. The base moves when they do not suffice, at most once in 36 minutes; entries that are kept longer than that
 * have 8 bytes. Units cost no memory while every entry is of 1 unit; the first other entry adds the second column.
 */
export class KeyLog {
  /** `recordWords` for each key. */
  records = new Uint32Array(0);
  /** For each key what its instants are counted from. */
  basesUs = new Float64Array(0);
  sinceBaseUs: Uint32Array | Float64Array;
  /** The longest time since its base that an entry can have. */
  readonly mostSinceBaseUs: number;

  #key = 0;
  /** Units pushed for the key before this entry; absent while all entries are of 1 unit, when it is the ordinal. */
  #unitsBefore: Float64Array | undefined;
  #units = new Float64Array(0); // units ever pushed for the key; kept while `#unitsBefore` is
  readonly #blocks = new Blocks();
  readonly #keepsUs: number;
  #firstRows: number;

  /** `keepsUs`: entries at least this much older than a new one may be forgotten to make room for it. */
  constructor(keepsUs = Number.POSITIVE_INFINITY, firstRows = smallestBlock) {
    this.#keepsUs = keepsUs;
    this.#firstRows = firstRows;
    const in4Bytes = keepsUs <= longestKeptIn4BytesUs;
    this.sinceBaseUs = in4Bytes ? new Uint32Array(16) : new Float64Array(16);
    this.mostSinceBaseUs = in4Bytes ? mostIn4BytesUs : Number.POSITIVE_INFINITY;
  }

  reserve(keys: number): void {
    if (keys > mostKeysWithLines) this.#firstRows = smallestBlock;
    if (keys * recordWords <= this.records.length) return;
    this.records = grown(this.records, keys * recordWords);
    this.basesUs = grown(this.basesUs, this.records.length / recordWords);
    if (this.#unitsBefore) this.#units = grown(this.#units, this.basesUs.length);
  }

  /** Makes `key` the one that everything else is about. */
  select(key: number): void {
    this.#key = key;
  }

  get start(): number {
    return this.records[this.#key * recordWords + startAt];
  }

  get end(): number {
    return this.records[this.#key * recordWords + endAt];
  }

  /** The entry with ordinal n lies in row `block + (n & mask)` of `sinceBaseUs`. */
  get block(): number {
    return this.records[this.#key * recordWords + blockAt];
  }

  get mask(): number {
    return this.records[this.#key * recordWords + blockRowsAt] - 1;
  }

  /** Whether a push at this instant leaves all entries where they are. */
  hasRoomFor(instantUs: number): boolean {
    return !this.#isFull && this.#counts(instantUs);
  }

  /** Sees to it that a push at this instant leaves all entries where they are; old ones may be forgotten for it. */
  makeRoomFor(instantUs: number): void {
    if (this.#isFull) {
      this.expire(instantUs - this.#keepsUs);
      if (this.#isFull) this.#enlarge();
    }
    if (!this.#counts(instantUs)) this.#moveBase(instantUs);
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
    return ordinal === this.end ? 0 : this.#units[this.#key] - this.#unitsBefore[this.#row(ordinal)];
  }

  instantUs(ordinal: number): number {
    return this.basesUs[this.#key] + this.sinceBaseUs[this.#row(ordinal)];
  }

  push(instantUs: number, units: number): void {
    if (units !== 1 && this.#unitsBefore === undefined) this.#addUnitsColumn();
    this.makeRoomFor(instantUs);
    const { end } = this;
    const row = this.#row(end);
    this.sinceBaseUs[row] = instantUs - this.basesUs[this.#key];
    if (this.#unitsBefore !== undefined) {
      this.#unitsBefore[row] = this.#units[this.#key];
      this.#units[this.#key] += units;
    }
    this.#set(endAt, end + 1);
  }

  /** Forgets the entries whose instant is not after `untilUs`. */
  expire(untilUs: number): void {
    const { sinceBaseUs, block, mask, end } = this;
    const untilSinceBaseUs = untilUs - this.basesUs[this.#key];
    let { start } = this;
    while (start < end && sinceBaseUs[block + (start & mask)] <= untilSinceBaseUs) start++;
    this.dropBefore(start);
  }

  /** Forgets the entries before `ordinal`. */
  dropBefore(ordinal: number): void {
    this.#set(startAt, ordinal);
  }

  /** Bytes of the room that keys have, as plain 8-byte numbers. */
  bytes(): number {
    let entries = 0;
    for (let at = blockRowsAt; at < this.records.length; at += recordWords) entries += this.records[at];
    return entries * (this.#unitsBefore === undefined ? 8 : 16);
  }

  get #isFull(): boolean {
    return this.end - this.start > this.mask;
  }

  /** Whether the instant can be counted from the base as it is. */
  #counts(instantUs: number): boolean {
    const sinceUs = instantUs - this.basesUs[this.#key];
    return sinceUs >= 0 && sinceUs <= this.mostSinceBaseUs;
  }

  #row(ordinal: number): number {
    return this.block + (ordinal & this.mask);
  }

  #set(word: number, value: number): void {
    this.records[this.#key * recordWords + word] = value;
  }

  /** Counts the entries from the oldest that is still kept, so that one of `nowUs` can be held. */
  #moveBase(nowUs: number): void {
    this.expire(nowUs - this.#keepsUs);
    const { start, end } = this;
    const baseUs = start === end ? nowUs : Math.min(nowUs, this.instantUs(start));
    const byUs = baseUs - this.basesUs[this.#key];
    for (let ordinal = start; ordinal < end; ordinal++) this.sinceBaseUs[this.#row(ordinal)] -= byUs;
    this.basesUs[this.#key] = baseUs;
  }

  #enlarge(): void {
    const { block, mask } = this;
    const rows = mask + 1;
    const largerRows = Math.max(this.#firstRows, rows * 2);
    const to = this.#blocks.take(largerRows);
    this.sinceBaseUs = grown(this.sinceBaseUs, this.#blocks.rows);
    this.#moveEntries(this.sinceBaseUs, block, mask, to, largerRows - 1);
    if (this.#unitsBefore) {
      this.#unitsBefore = grown(this.#unitsBefore, this.#blocks.rows);
      this.#moveEntries(this.#unitsBefore, block, mask, to, largerRows - 1);
    }
    if (rows > 0) this.#blocks.giveBack(block, rows);
    this.#set(blockAt, to);
    this.#set(blockRowsAt, largerRows);
  }

  #moveEntries(
    column: Uint32Array | Float64Array,
    from: number,
    mask: number,
    to: number,
    toMask: number,
  ): void {
    const { start, end } = this;
    for (let ordinal = start; ordinal < end; ordinal++) {
      column[to + (ordinal & toMask)] = column[from + (ordinal & mask)];
    }
  }

  #addUnitsColumn(): void {
    const selected = this.#key;
    this.#units = new Float64Array(this.basesUs.length);
    const unitsBefore = new Float64Array(this.sinceBaseUs.length);
    for (let key = 0; key < this.basesUs.length; key++) {
      this.select(key);
      this.#units[key] = this.end;
      for (let ordinal = this.start; ordinal < this.end; ordinal++) unitsBefore[this.#row(ordinal)] = ordinal;
    }
    this.select(selected);
    this.#unitsBefore = unitsBefore;
  }
}
