import type { Pool } from '../pool.ts';

/** Size of a block; longer lines and documents get one of their own. */
export const blockBytes = 1 << 21;

/** Bytes that are held until they were parsed: chunks of any size in, one view of everything not yet used out. */
export class Feed {
  ended = false;
  #buf: Buffer;
  #from = 0;
  #to = 0;

  constructor(
    private readonly chunks: AsyncIterator<Uint8Array>,
    private readonly blocks: Pool<Buffer>,
  ) {
    this.#buf = blocks.take();
  }

  /** What is held; valid until `more` is called. */
  get view(): Buffer {
    return this.#buf.subarray(this.#from, this.#to);
  }

  /** Forgets the first bytes of the view. */
  use(bytes: number): void {
    this.#from += bytes;
  }

  /** Adds the next chunk behind what is held. */
  async more(): Promise<void> {
    const { done, value } = await this.chunks.next();
    if (done) {
      this.ended = true;
      return;
    }
    this.#makeRoom(value.length);
    this.#buf.set(value, this.#to);
    this.#to += value.length;
  }

  /** Ends the use of the feed. */
  close(): void {
    if (this.#buf.length === blockBytes) this.blocks.give(this.#buf);
    this.#buf = Buffer.alloc(0);
    this.ended = true;
  }

  #makeRoom(bytes: number): void {
    const held = this.#to - this.#from;
    if (this.#to + bytes <= this.#buf.length) return;
    const needed = held + bytes;
    const target = needed <= this.#buf.length ? this.#buf : Buffer.allocUnsafe(needed * 2);
    this.#buf.copy(target, 0, this.#from, this.#to);
    this.#buf = target;
    this.#from = 0;
    this.#to = held;
  }
}
