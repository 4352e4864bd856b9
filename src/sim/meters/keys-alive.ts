import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { grown } from '../../algorithms/columns.ts';

const slotsPerTtl = 64;

/**
 * The most keys that a store would hold at once, when each is forgotten one TTL after its last request. Time is cut into
 * slots of a 64th of the TTL and a key lives until its slot has passed, so the figure is at most 1/64 TTL generous.
 */
export class KeysAlive {
  readonly #slotUs: number;
  #lastSlot = new Float64Array(0); // slot of the key's last request; -Infinity before the first
  readonly #keysOfSlot = new Float64Array(slotsPerTtl + 1);
  #nowSlot = 0;
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
    this.#lastSlot = grown(this.#lastSlot, keys, Number.NEGATIVE_INFINITY);
    for (let row = 0; row < length; row++) {
      if (timeUs[row] >= this.#nowSlotEndsUs) this.#advanceTo(Math.floor(timeUs[row] / this.#slotUs));
      const slot = this.#nowSlot;
      const lastSlot = this.#lastSlot[key[row]];
      if (lastSlot === slot) continue;
      if (lastSlot >= slot - slotsPerTtl) this.#keysOfSlot[lastSlot % (slotsPerTtl + 1)]--;
      else this.#alive++;
      this.#lastSlot[key[row]] = slot;
      this.#keysOfSlot[slot % (slotsPerTtl + 1)]++;
      if (this.#alive > this.#most) this.#most = this.#alive;
    }
  }

  #advanceTo(slot: number): void {
    const steps = Math.min(slot - this.#nowSlot, slotsPerTtl + 1);
    for (let step = 0; step < steps; step++) {
      const expired = (slot - step) % (slotsPerTtl + 1);
      this.#alive -= this.#keysOfSlot[expired];
      this.#keysOfSlot[expired] = 0;
    }
    this.#nowSlot = slot;
    this.#nowSlotEndsUs = (slot + 1) * this.#slotUs;
  }
}
