import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';
import { firstNotBelow } from './in-order.ts';

export const slotsPerTtl = 64;

/** Length of a slot; none is shorter than the clock tells. */
export function slotUsOf(ttlUs: number): number {
  return Math.max(1, ttlUs / slotsPerTtl);
}

/** Counts of slots lie in a ring, which has room for those of the last TTL and of now. */
const ringSize = 2 * slotsPerTtl;
/** Slots are numbered from here on, so that number 0 always means too long ago. */
const firstSlot = slotsPerTtl + 1;
/** When now comes to lie beyond, slots are numbered afresh: the numbers are 32 bits long. */
const lastNumber = 2 ** 31;

/**
 * The most keys that a store would hold at once, when each is forgotten one TTL after its last request. Time is cut into
 * slots of a 64th of the TTL and a key lives until its slot has passed, so the figure is at most 1/64 TTL generous.
 */
export class KeysAlive {
  readonly #slotUs: number;
  #lastSlot = new Uint32Array(0); // slot of the key's last request; 0 before the first
  readonly #keysOfSlot = new Int32Array(ringSize); // those whose last request was in it
  #startUs = 0; // of the slot that is numbered `firstSlot`
  #lastSlots = new Uint32Array(0); // of the keys that the slot of now meets for the first time, where they were before
  #nowSlot = firstSlot;
  #alive = 0;
  #most = 0;

  constructor(ttlUs: number) {
    this.#slotUs = slotUsOf(ttlUs);
  }

  get most(): number {
    return this.#most;
  }

  /** The arrivals in time order. */
  measure(arrivals: ArrivalBatch): void {
    this.#lastSlot = grown(this.#lastSlot, arrivals.keys);
    this.#lastSlots = grown(this.#lastSlots, arrivals.length);
    for (let row = 0; row < arrivals.length; ) {
      this.#advanceTo(arrivals.timeUs[row]);
      row = this.#measureSlot(arrivals, row);
    }
  }

  /**
   * Row `from`, which is in the slot of now, and those after it that are too; answers the first that is not. Whether a key was
   * there before in this slot is a coin toss that no branch predictor learns, so those that were not are picked by counting.
   */
  #measureSlot({ key, timeUs, length }: ArrivalBatch, from: number): number {
    const lastSlot = this.#lastSlot;
    const lastSlots = this.#lastSlots;
    const nowSlot = this.#nowSlot;
    const endsUs = this.#startUs + (nowSlot - firstSlot + 1) * this.#slotUs;
    const end = firstNotBelow(timeUs, from + 1, length, endsUs);
    let moved = 0;
    for (let row = from; row < end; row++) {
      const last = lastSlot[key[row]];
      lastSlot[key[row]] = nowSlot;
      lastSlots[moved] = last;
      moved += (last - nowSlot) >>> 31; // 1 below 0
    }
    this.#moveKeys(moved);
    return end;
  }

  /** So many keys come from `#lastSlots` to the slot of now. */
  #moveKeys(moved: number): void {
    const oldest = this.#nowSlot - slotsPerTtl;
    for (let at = 0; at < moved; at++) {
      const last = this.#lastSlots[at];
      if (last < oldest) this.#alive++;
      else this.#keysOfSlot[last % ringSize]--;
    }
    this.#keysOfSlot[this.#nowSlot % ringSize] += moved;
    this.#most = Math.max(this.#most, this.#alive);
  }

  #advanceTo(nowUs: number): void {
    const slot = firstSlot + Math.floor((nowUs - this.#startUs) / this.#slotUs);
    const oldest = this.#nowSlot - slotsPerTtl;
    for (let expired = oldest; expired < slot - slotsPerTtl && expired <= this.#nowSlot; expired++) {
      this.#alive -= this.#keysOfSlot[expired % ringSize];
      this.#keysOfSlot[expired % ringSize] = 0;
    }
    this.#nowSlot = slot <= lastNumber ? slot : this.#renumber(slot);
  }

  /** Gives the slots low numbers with the same places in the ring; answers the new one of `slot`, which is now. */
  #renumber(slot: number): number {
    const by = slot - firstSlot - ((slot - firstSlot) % ringSize);
    const oldest = slot - slotsPerTtl;
    this.#lastSlot = this.#lastSlot.map((last) => (last < oldest ? 0 : last - by));
    this.#startUs += by * this.#slotUs;
    return slot - by;
  }
}
