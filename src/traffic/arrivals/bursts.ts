import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { UsageError } from '../../errors.ts';
import { exponential } from '../exponential.ts';
import type { ArrivalSite, Arrivals, Span } from './model.ts';

/** Requests of one burst whose senders are kept in memory, 4 bytes each. */
const mostPerBurst = 50e6;

/** A train of bursts; in each, every client sends `requests` times at random instants of the burst. */
export interface BurstTrain {
  readonly clients: number;
  /** Requests of one client in one burst. */
  readonly requests: number;
  /** Length of a burst; 0 puts all of it on one instant. */
  readonly widthUs: number;
  /** When burst 0, 1, 2 … begins; the next one begins no earlier than this one ends. */
  beginsUs(burst: number): number;
}

/**
 * Bursts in time order without sorting. Of n instants that are even in what is left of the burst, the first leaves the
 * share U^(1/n) behind it (Bentley & Saxe 1980), so each is drawn from the one before. Who sends is dealt like cards:
 * a Fisher-Yates shuffle, one card a request; a shuffled deck serves the next burst as well as a new one.
 */
export class Bursts implements Arrivals {
  /** The sender of each request of a burst. */
  readonly #deck: Uint32Array;
  #burst = 0;
  /** Requests of this burst that are still to come, and the share of its width in which they come. */
  #left: number;
  #ahead = 1;

  constructor(
    private readonly train: BurstTrain,
    private readonly site: ArrivalSite,
  ) {
    const { clients, requests, widthUs } = train;
    if (clients * requests > mostPerBurst) {
      throw new UsageError(
        `${clients} clients that send ${requests} requests at once make a burst of ${clients * requests}; ` +
          `the most is ${mostPerBurst}: take fewer clients or requests`,
      );
    }
    this.#deck = Uint32Array.from(
      { length: clients * requests },
      (_, card) => site.firstKey + (card % clients),
    );
    this.#left = this.#deck.length;
    while (train.beginsUs(this.#burst) + widthUs < site.span.startUs) this.#burst++;
  }

  fill({ timeUs, key }: ArrivalBatch, from: number, to: number): number {
    const { draw, span } = this.site;
    const { widthUs } = this.train;
    const deck = this.#deck;
    let beginUs = this.train.beginsUs(this.#burst);
    let row = from;
    while (row < to) {
      if (this.#left === 0) beginUs = this.#nextBurst();
      if (beginUs >= span.stopUs) break;
      this.#ahead *= Math.exp(-exponential(draw) / this.#left);
      const atUs = beginUs + Math.min(Math.floor(widthUs * (1 - this.#ahead)), Math.max(0, widthUs - 1));
      const top = --this.#left;
      const dealt = Math.floor(draw() * (top + 1));
      const client = deck[dealt];
      deck[dealt] = deck[top];
      deck[top] = client;
      if (atUs < span.startUs || atUs >= span.stopUs) continue;
      timeUs[row] = atUs;
      key[row++] = client;
    }
    return row - from;
  }

  #nextBurst(): number {
    this.#left = this.#deck.length;
    this.#ahead = 1;
    return this.train.beginsUs(++this.#burst);
  }
}

/** How many bursts of `widthUs` that begin at `firstUs` and every `periodUs` fall into the span, parts counted as parts. */
export function burstsWithin(
  firstUs: number,
  periodUs: number,
  widthUs: number,
  { startUs, stopUs }: Span,
): number {
  const before = (atUs: number) => {
    const periods = Math.floor((atUs - firstUs) / periodUs);
    const sinceUs = atUs - firstUs - periods * periodUs;
    return atUs <= firstUs ? 0 : periods + Math.min(1, sinceUs / Math.max(1, widthUs));
  };
  return before(stopUs) - before(startUs);
}
