import { grown } from './columns.ts';

const smallestBlock = 2;

/** Fields of a key's record, as places in its 32 bytes: four whole numbers, then two instants. */
const wordsPerRecord = 8;
const block = 0;
const blockSize = 1;
const start = 2;
const end = 3;
const instantsPerRecord = 4;
const oldest = 2;
const newest = 3;

/**
 * For each key a log of (instant, units), oldest first, with a moving oldest end. Entries are named by ordinals: the
 * n-th entry ever pushed for the key has ordinal n, so a cursor stays valid while the log grows.
 *
 * Memory decides the speed here, so what a decision reads of a key lies in one record of 32 bytes, half a cache line:
 * where its entries are, and the oldest and the newest instant, so that the entries themselves are read only when some
 * have expired. A caller that only needs to know whether the units are above a number asks `units` first, which may
 * still count what has expired, and calls `expire` when the answer is yes. Entries live in one slab of blocks whose sizes are powers of two. A key's block doubles when it is full;
 * the old one goes to a free list of its size. Units cost no memory while every entry is of 1 unit; the first other
 * entry adds the second column.
 */
export class KeyLog {
  #words = new Uint32Array(0);
  #instants = new Float64Array(0); // the same memory as `#words`
  #keys = 0;

  #instantUs = new Float64Array(1024);
  /** Units pushed for the key before this entry; absent while all entries are of 1 unit, when it is the ordinal. */
  #unitsBefore: Float64Array | undefined;
  #units = new Float64Array(0); // units ever pushed for the key; kept while `#unitsBefore` is
  #slabUsed = 0;
  readonly #freeBlocks = new Map<number, number[]>();
  readonly #keepsUs: number;

  /** `keepsUs`: entries at least this much older than a new one may be forgotten to make room for it. */
  constructor(keepsUs = Number.POSITIVE_INFINITY) {
    this.#keepsUs = keepsUs;
  }

  reserve(keys: number): void {
    if (keys <= this.#keys) return;
    this.#instants = grown(this.#instants, keys * instantsPerRecord);
    this.#words = new Uint32Array(this.#instants.buffer);
    const room = this.#instants.length / instantsPerRecord;
    for (let key = this.#keys; key < room; key++) {
      this.#instants[key * instantsPerRecord + oldest] = Number.POSITIVE_INFINITY;
      this.#instants[key * instantsPerRecord + newest] = Number.NEGATIVE_INFINITY;
    }
    if (this.#unitsBefore) this.#units = grown(this.#units, room);
    this.#keys = room;
  }

  /** Ordinal of the oldest entry; equals `end` when the log is empty. */
  start(key: number): number {
    return this.#words[key * wordsPerRecord + start];
  }

  /** Ordinal that the next entry will have. */
  end(key: number): number {
    return this.#words[key * wordsPerRecord + end];
  }

  /** Instant of the oldest entry; Infinity when there is none. */
  oldestUs(key: number): number {
    return this.#instants[key * instantsPerRecord + oldest];
  }

  /** Instant of the entry pushed last, even if it has expired; -Infinity before the first. */
  newestUs(key: number): number {
    return this.#instants[key * instantsPerRecord + newest];
  }

  instantUs(key: number, ordinal: number): number {
    return this.#instantUs[this.#place(key, ordinal)];
  }

  /** Units of all entries. */
  units(key: number): number {
    return this.unitsFrom(key, this.#words[key * wordsPerRecord + start]);
  }

  /** Units of the entries from `ordinal` on. */
  unitsFrom(key: number, ordinal: number): number {
    const last = this.#words[key * wordsPerRecord + end];
    if (this.#unitsBefore === undefined) return last - ordinal;
    return ordinal === last ? 0 : this.#units[key] - this.#unitsBefore[this.#place(key, ordinal)];
  }

  push(key: number, instantUs: number, units: number): void {
    if (units !== 1 && this.#unitsBefore === undefined) this.#addUnitsColumn();
    const record = key * wordsPerRecord;
    const ordinal = this.#words[record + end];
    if (ordinal - this.#words[record + start] === this.#words[record + blockSize])
      this.#makeRoom(key, instantUs);
    const at = this.#place(key, ordinal);
    this.#instantUs[at] = instantUs;
    if (this.#unitsBefore !== undefined) {
      this.#unitsBefore[at] = this.#units[key];
      this.#units[key] += units;
    }
    this.#words[record + end] = ordinal + 1;
    if (ordinal === this.#words[record + start]) this.#instants[key * instantsPerRecord + oldest] = instantUs;
    this.#instants[key * instantsPerRecord + newest] = instantUs;
  }

  /** Forgets the entries whose instant is not after `untilUs`. */
  expire(key: number, untilUs: number): void {
    if (this.#instants[key * instantsPerRecord + oldest] <= untilUs) {
      this.dropBefore(key, this.firstAfter(key, this.start(key), untilUs));
    }
  }

  /** Forgets the entries before `ordinal`. */
  dropBefore(key: number, ordinal: number): void {
    this.#words[key * wordsPerRecord + start] = ordinal;
    const empty = ordinal === this.end(key);
    this.#instants[key * instantsPerRecord + oldest] = empty
      ? Number.POSITIVE_INFINITY
      : this.instantUs(key, ordinal);
  }

  /** The first ordinal at or after `from` whose instant is after `instantUs`; near ones are found soonest. */
  firstAfter(key: number, from: number, instantUs: number): number {
    const last = this.end(key);
    let low = from;
    let step = 1;
    while (low + step <= last && this.instantUs(key, low + step - 1) <= instantUs) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, last);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.instantUs(key, middle) <= instantUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The newest entry that must go so that the ones after it are of at most `units` together. */
  lastToGo(key: number, units: number): number {
    if (this.#unitsBefore === undefined) return this.end(key) - units - 1;
    let low = this.start(key);
    let high = this.end(key) - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.unitsFrom(key, middle + 1) <= units) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Bytes of the blocks that keys own. */
  bytes(): number {
    let entries = 0;
    for (let at = blockSize; at < this.#words.length; at += wordsPerRecord) entries += this.#words[at];
    return entries * (this.#unitsBefore === undefined ? 8 : 16);
  }

  #place(key: number, ordinal: number): number {
    const record = key * wordsPerRecord;
    return this.#words[record + block] + (ordinal & (this.#words[record + blockSize] - 1));
  }

  #makeRoom(key: number, nowUs: number): void {
    this.expire(key, nowUs - this.#keepsUs);
    const held = this.end(key) - this.start(key);
    if (held === this.#words[key * wordsPerRecord + blockSize]) this.#enlarge(key);
  }

  #enlarge(key: number): void {
    const record = key * wordsPerRecord;
    const size = this.#words[record + blockSize];
    const from = this.#words[record + block];
    const largerSize = Math.max(smallestBlock, size * 2);
    const to = this.#takeBlock(largerSize);
    for (let ordinal = this.start(key); ordinal < this.end(key); ordinal++) {
      this.#copyEntry(from + (ordinal & (size - 1)), to + (ordinal & (largerSize - 1)));
    }
    if (size > 0) this.#freeList(size).push(from);
    this.#words[record + block] = to;
    this.#words[record + blockSize] = largerSize;
  }

  #copyEntry(from: number, to: number): void {
    this.#instantUs[to] = this.#instantUs[from];
    if (this.#unitsBefore) this.#unitsBefore[to] = this.#unitsBefore[from];
  }

  #takeBlock(size: number): number {
    const free = this.#freeList(size).pop();
    if (free !== undefined) return free;
    const at = this.#slabUsed;
    this.#slabUsed += size;
    this.#instantUs = grown(this.#instantUs, this.#slabUsed);
    if (this.#unitsBefore) this.#unitsBefore = grown(this.#unitsBefore, this.#slabUsed);
    return at;
  }

  #freeList(size: number): number[] {
    const list = this.#freeBlocks.get(size) ?? [];
    this.#freeBlocks.set(size, list);
    return list;
  }

  #addUnitsColumn(): void {
    this.#units = Float64Array.from({ length: this.#keys }, (_, key) => this.end(key));
    const unitsBefore = new Float64Array(this.#instantUs.length);
    for (let key = 0; key < this.#keys; key++) {
      for (let ordinal = this.start(key); ordinal < this.end(key); ordinal++) {
        unitsBefore[this.#place(key, ordinal)] = ordinal;
      }
    }
    this.#unitsBefore = unitsBefore;
  }
}
