import type { Instants } from './instants.ts';
import type { ReorderBuffer } from './reorder.ts';

/**
 * The interval that a group of rows with one stamp is placed in. A stamp with more rows than the reorder buffer holds
 * comes in parts, each of which takes the first half of what its stamp has left: all in order, and nothing is lost.
 */
export class Grain {
  #stampUs = Number.NaN;
  #usedUs = 0;

  constructor(readonly widthUs: number) {}

  start(instants: Instants, stampUs: number, count: number, partial: boolean): void {
    if (stampUs !== this.#stampUs) this.#usedUs = 0;
    this.#stampUs = stampUs;
    const leftUs = this.widthUs - this.#usedUs;
    const widthUs = partial ? Math.max(1, Math.floor(leftUs / 2)) : leftUs;
    instants.start(stampUs + this.#usedUs, widthUs, count);
    this.#usedUs = Math.min(this.widthUs - 1, this.#usedUs + widthUs);
  }
}

/** The end of the ready rows that share the stamp of the first. */
export function groupEnd(rows: ReorderBuffer): number {
  const stampUs = rows.timeUs[rows.head];
  let end = rows.head + 1;
  while (end < rows.ready && rows.timeUs[end] === stampUs) end++;
  return end;
}
