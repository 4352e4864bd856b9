import { grown } from './columns.ts';

const smallestBlock = 2;

/**
 * For each key a log of (instant, units), oldest first, with a moving oldest end. Entries are named by ordinals: the
 * n-th entry ever pushed for the key has ordinal n, so a cursor stays valid while the log grows.
 *
 * All logs live in one slab of blocks whose sizes are powers of two. A key's block doubles when it is full; the old block
 * goes to a free list of its size, for the next key that needs one. A key that was never pushed to owns no block.
 * Units cost no memory while every entry is of 1 unit; the first other entry adds the second column.
 */
export class KeyLog {
  #instantUs = new Float64Array(1024);
  /** Units pushed for the key before this entry; absent while all entries are of 1 unit, when it is the ordinal. */
  #unitsBefore: Float64Array | undefined;
  #slabUsed = 0;
  readonly #freeBlocks = new Map<number, number[]>();

  #block = new Uint32Array(0);
  #blockSize = new Uint32Array(0);
  #end = new Uint32Array(0);
  #start = new Uint32Array(0);
  #units = new Float64Array(0); // units ever pushed; follows `#end` until the second column exists

  reserve(keys: number): void {
    this.#block = grown(this.#block, keys);
    this.#blockSize = grown(this.#blockSize, keys);
    this.#end = grown(this.#end, keys);
    this.#start = grown(this.#start, keys);
    if (this.#unitsBefore) this.#units = grown(this.#units, keys);
  }

  /** Ordinal of the oldest entry; equals `end` when the log is empty. */
  start(key: number): number {
    return this.#start[key];
  }

  /** Ordinal that the next entry will have. */
  end(key: number): number {
    return this.#end[key];
  }

  instantUs(key: number, ordinal: number): number {
    return this.#instantUs[this.#block[key] + (ordinal & (this.#blockSize[key] - 1))];
  }

  /** Units of the entries from `ordinal` on. */
  unitsFrom(key: number, ordinal: number): number {
    if (this.#unitsBefore === undefined) return this.#end[key] - ordinal;
    if (ordinal === this.#end[key]) return 0;
    return this.#units[key] - this.#unitsBefore[this.#block[key] + (ordinal & (this.#blockSize[key] - 1))];
  }

  push(key: number, instantUs: number, units: number): void {
    if (units !== 1 && this.#unitsBefore === undefined) this.#addUnitsColumn();
    const end = this.#end[key];
    if (end - this.#start[key] === this.#blockSize[key]) this.#enlarge(key);
    const at = this.#block[key] + (end & (this.#blockSize[key] - 1));
    this.#instantUs[at] = instantUs;
    if (this.#unitsBefore !== undefined) {
      this.#unitsBefore[at] = this.#units[key];
      this.#units[key] += units;
    }
    this.#end[key] = end + 1;
  }

  /** Forgets the entries before `ordinal`. */
  dropBefore(key: number, ordinal: number): void {
    this.#start[key] = ordinal;
  }

  /** The first ordinal at or after `from` whose instant is after `instantUs`. */
  firstAfter(key: number, from: number, instantUs: number): number {
    const end = this.#end[key];
    let ordinal = from;
    while (ordinal < end && this.instantUs(key, ordinal) <= instantUs) ordinal++;
    return ordinal;
  }

  /** The oldest entry that must go so that the ones after it are of at most `units` together. */
  lastToGo(key: number, units: number): number {
    if (this.#unitsBefore === undefined) return this.#end[key] - units - 1;
    let low = this.#start[key];
    let high = this.#end[key] - 1;
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
    for (const size of this.#blockSize) entries += size;
    return entries * (this.#unitsBefore === undefined ? 8 : 16);
  }

  #enlarge(key: number): void {
    const size = this.#blockSize[key];
    const from = this.#block[key];
    const largerSize = Math.max(smallestBlock, size * 2);
    const to = this.#takeBlock(largerSize);
    for (let ordinal = this.#start[key]; ordinal < this.#end[key]; ordinal++) {
      this.#instantUs[to + (ordinal & (largerSize - 1))] = this.#instantUs[from + (ordinal & (size - 1))];
      if (this.#unitsBefore) {
        this.#unitsBefore[to + (ordinal & (largerSize - 1))] =
          this.#unitsBefore[from + (ordinal & (size - 1))];
      }
    }
    if (size > 0) this.#freeList(size).push(from);
    this.#block[key] = to;
    this.#blockSize[key] = largerSize;
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
    let list = this.#freeBlocks.get(size);
    if (!list) this.#freeBlocks.set(size, (list = []));
    return list;
  }

  #addUnitsColumn(): void {
    this.#units = Float64Array.from(this.#end);
    const unitsBefore = new Float64Array(this.#instantUs.length);
    for (let key = 0; key < this.#end.length; key++) {
      for (let ordinal = this.#start[key]; ordinal < this.#end[key]; ordinal++) {
        unitsBefore[this.#block[key] + (ordinal & (this.#blockSize[key] - 1))] = ordinal;
      }
    }
    this.#unitsBefore = unitsBefore;
  }
}
