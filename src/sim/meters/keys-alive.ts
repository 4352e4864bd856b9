import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';

const slotsPerTtl = 64;

/**
 * The most keys that a store would hold at once, when each is forgotten one TTL after its last request. Time is cut into
 * slots of a 64th of the TTL and a key lives until its slot has passed, so the figure is at most 1/64 TTL generous.
 */
export class KeysAlive {
  readonly #slotUs: number;
  #lastSlot = new Uint32Array(0); // slot of the key's last request, counted from 1; 0 before the first
  readonly #keysOfSlot = new Float64Array(slotsPerTtl + 1);
  #nowSlot = 1;
  #nowSlotEndsUs: number;
  #alive = 0;
  #most = 0;

  constructor(ttlUs: number) {
    this.#slotUs = Math.max(1, ttlUs / slotsPerTtl);
    this.#nowSlotEndsUs = this.#slotUs;
  }

  get most(): number {
    return this.#most;
  }

  measure({ key, timeUs, length, keys }: ArrivalBatch): void {
    this.#lastSlot = grown(this.#lastSlot, keys);
    const lastSlot = this.#lastSlot;
    for (let row = 0; row < length; row++) {
      if (timeUs[row] >= this.#nowSlotEndsUs) this.#advanceTo(Math.floor(timeUs[row] / this.#slotUs) + 1);
      if (lastSlot[key[row]] === this.#nowSlot) continue;
      this.#move(lastSlot[key[row]]);
      lastSlot[key[row]] = this.#nowSlot;
    }
  }

  /** Counts a key in the slot of now instead of the one where it was last seen. */
  #move(lastSlot: number): void {
    if (lastSlot > 0 && lastSlot >= this.#nowSlot - slotsPerTtl)
      this.#keysOfSlot[lastSlot % (slotsPerTtl + 1)]--;
    else this.#alive++;
    this.#keysOfSlot[this.#nowSlot % (slotsPerTtl + 1)]++;
    if (this.#alive > this.#most) this.#most = this.#alive;
  }

  #advanceTo(slot: number): void {
    const steps = Math.min(slot - this.#nowSlot, slotsPerTtl + 1);
    for (let step = 0; step < steps; step++) {
      const expired = (slot - step) % (slotsPerTtl + 1);
      this.#alive -= this.#keysOfSlot[expired];
      this.#keysOfSlot[expired] = 0;
    }
    this.#nowSlot = slot;
    this.#nowSlotEndsUs = slot * this.#slotUs;
  }
}
