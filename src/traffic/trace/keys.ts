import { UsageError } from '../../errors.ts';

const pageBits = 22;
const pageBytes = 1 << pageBits;
const maxPages = 256; // 1 GiB of key text
/** Longer keys are told apart by so many bytes. */
export const maxKeyBytes = 1 << 16;

/**
 * Numbers keys in the order in which they first appear, byte for byte and without making a string of any.
 * Open addressing with linear probing, at most half full. A lookup touches three places in memory, each a pair that
 * lies in one cache line: a slot (hash, number + 1; 0 is free), the key's entry (where its bytes start, how many), and
 * the bytes, which lie in pages so that growth copies none. 8 bytes an entry and 16 to 32 of slots beside the text.
 */
export class KeyTable {
  size = 0;
  #pages: Buffer[] = [];
  #pageUsed = pageBytes;
  #entries = new Uint32Array(2 * 1024);
  #slots = new Int32Array(2 * 2048);

  /** The number of the key in `buf[from, end)`. */
  intern(buf: Uint8Array, from: number, end: number): number {
    const to = Math.min(end, from + maxKeyBytes);
    const hash = hashOf(buf, from, to);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    while (slots[slot + 1] !== 0) {
      const key = slots[slot + 1] - 1;
      if (slots[slot] === hash && this.#equals(key, buf, from, to)) return key;
      slot = (slot + 2) & mask;
    }
    slots[slot] = hash;
    slots[slot + 1] = this.size + 1;
    return this.#append(buf, from, to);
  }

  name(key: number): string {
    const at = this.#entries[2 * key];
    const start = at & (pageBytes - 1);
    return this.#pages[at >>> pageBits].toString('utf8', start, start + this.#entries[2 * key + 1]);
  }

  #equals(key: number, buf: Uint8Array, from: number, to: number): boolean {
    if (this.#entries[2 * key + 1] !== to - from) return false;
    const at = this.#entries[2 * key];
    const page = this.#pages[at >>> pageBits];
    for (let i = from, j = at & (pageBytes - 1); i < to; i++, j++) if (buf[i] !== page[j]) return false;
    return true;
  }

  #append(buf: Uint8Array, from: number, to: number): number {
    const bytes = to - from;
    if (this.#pages.length === 0 || this.#pageUsed + bytes > pageBytes) this.#addPage();
    const page = this.#pages[this.#pages.length - 1];
    page.set(buf.subarray(from, to), this.#pageUsed);
    const key = this.size++;
    this.#entries[2 * key] = (this.#pages.length - 1) * pageBytes + this.#pageUsed;
    this.#entries[2 * key + 1] = bytes;
    this.#pageUsed += bytes;
    if (2 * this.size === this.#entries.length) this.#grow();
    return key;
  }

  #addPage(): void {
    if (this.#pages.length === maxPages) {
      throw new UsageError(`more than ${this.size} distinct keys (1 GiB of text); choose a coarser one`);
    }
    this.#pages.push(Buffer.allocUnsafe(pageBytes));
    this.#pageUsed = 0;
  }

  #grow(): void {
    const entries = new Uint32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    const slots = new Int32Array(this.#slots.length * 2);
    for (let old = 0; old < this.#slots.length; old += 2) {
      if (this.#slots[old + 1] === 0) continue;
      let slot = (this.#slots[old] << 1) & (slots.length - 1);
      while (slots[slot + 1] !== 0) slot = (slot + 2) & (slots.length - 1);
      slots[slot] = this.#slots[old];
      slots[slot + 1] = this.#slots[old + 1];
    }
    this.#slots = slots;
  }
}

/** FNV-1a over the bytes, its high bits folded down because the table looks at the low ones. */
function hashOf(buf: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ buf[i], 0x01000193);
  return hash ^ (hash >>> 15);
}
