import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { RatePiece, Span } from './arrivals/model.ts';
import { Exponentials } from './exponential.ts';
import type { RandomStream } from './random.ts';

/**
 * Requests of a stretch: in the end so many for each key that what is fetched of a key serves many of them. The first is
 * short and each twice as long as the one before, so that a run that ends early has seen all keys for most of its time.
 */
const firstRequests = 2 ** 18;
const requestsPerKey = 64;
const mostRequests = 2 ** 23;

/** Requests that come independently of each other, and of whose they are. */
export interface IndependentRequests {
  /** The rate over time, in pieces of which each has one, in whole microseconds. */
  readonly pieces: readonly RatePiece[];
  /** How often each key asks, relative to the others. */
  readonly weights: Float64Array;
  readonly firstKey: number;
}

/** A stretch of time with one rate. */
interface Stretch extends Span {
  /** How many are expected. */
  readonly requests: number;
}

/**
 * Poisson arrivals that choose their keys independently, sorted by key: all requests of one stretch of time, key by key,
 * before any of the next. Each key then has a Poisson process of its own (Kingman, Poisson Processes, 1993, colouring
 * theorem), so they need neither be dealt out to keys nor sorted.
 *
 * The processes of all keys over a stretch are laid end to end and are one process of rate 1, on a line on which a
 * key is as long as the requests that are expected of it. Where a request lies on its key says when in the stretch it comes.
 *
 *   |– key 0: 5.2 ––––––––|– key 1: 2.6 –|– 1.7 –|…
 *      x  x       x x    x       x              x         gaps of mean 1
 */
export class PoissonByKey {
  readonly longestStretchUs: number;
  readonly #firstKey: number;
  readonly #weights: Float64Array;
  readonly #weightOfAll: number;
  readonly #stretches: Iterator<Stretch>;
  #stretch: Stretch = { startUs: 0, stopUs: 0, requests: 0 };
  #key: number; // on which the last request lies; past the last one the stretch is over
  #place = 0; // of the last request, from the beginning of its key
  readonly #exponentials: Exponentials;
  readonly #gaps = new Float64Array(512); // drawn ahead, so nothing else may use their numbers
  #at = this.#gaps.length;

  constructor({ pieces, weights, firstKey }: IndependentRequests, draw: RandomStream) {
    const stretches = pieces.flatMap((piece) => stretchesOf(piece, weights.length));
    this.longestStretchUs = stretches.reduce(
      (most, { startUs, stopUs }) => Math.max(most, stopUs - startUs),
      0,
    );
    this.#stretches = stretches.values();
    this.#firstKey = firstKey;
    this.#weights = weights;
    this.#weightOfAll = weights.reduce((sum, weight) => sum + weight, 0);
    this.#key = weights.length;
    this.#exponentials = new Exponentials(draw);
  }

  /** Whether requests of the stretch that was begun last are still to come. */
  get isMidStretch(): boolean {
    return this.#key < this.#weights.length;
  }

  /** The stretch that was begun last. */
  get stretch(): Stretch {
    return this.#stretch;
  }

  /** Begins the next stretch; false when there is none. */
  begin(): boolean {
    const { done, value } = this.#stretches.next();
    if (done) return false;
    this.#stretch = value;
    this.#key = 0;
    this.#place = 0;
    return true;
  }

  /** Writes the next requests of the stretch; none when it is over. */
  fill(batch: ArrivalBatch, from: number, to: number): number {
    const rows = this.fillExact(batch, from, to);
    const { timeUs } = batch;
    for (let row = from; row < from + rows; row++) timeUs[row] = Math.floor(timeUs[row]);
    return rows;
  }

  /** The same with fractions of microseconds, which tell the order of keys within one. */
  fillExact(batch: ArrivalBatch, from: number, to: number): number {
    let row = from;
    while (row < to && this.isMidStretch) row = this.#fillFromGaps(batch, row, to);
    return row - from;
  }

  /** Writes rows until the stretch is over or no gap is at hand; answers the first that is not written. */
  #fillFromGaps({ timeUs, key: column }: ArrivalBatch, from: number, to: number): number {
    if (this.#at === this.#gaps.length) this.#drawGaps();
    const gaps = this.#gaps;
    const weights = this.#weights;
    const firstKey = this.#firstKey;
    const { startUs, stopUs, requests } = this.#stretch;
    const perWeight = requests / this.#weightOfAll;
    const lengthUs = stopUs - startUs;
    const lastUs = stopUs * (1 - Number.EPSILON); // which rounding must not exceed
    let key = this.#key;
    let place = this.#place;
    let length = weights[key] * perWeight;
    let usPerGap = lengthUs / length;
    let row = from;
    let at = this.#at;
    const end = Math.min(gaps.length, at + to - from);
    while (at < end) {
      place += gaps[at++];
      while (place >= length && ++key < weights.length) {
        place -= length;
        length = weights[key] * perWeight;
        usPerGap = lengthUs / length;
      }
      if (key === weights.length) break;
      timeUs[row] = Math.min(startUs + place * usPerGap, lastUs);
      column[row++] = firstKey + key;
    }
    this.#key = key;
    this.#place = place;
    this.#at = at;
    return row;
  }

  #drawGaps(): void {
    this.#exponentials.fill(this.#gaps);
    this.#at = 0;
  }
}

/** A piece in stretches, one after the other; none where nothing comes. */
function stretchesOf({ startUs, stopUs, from: ratePerSecond }: RatePiece, keys: number): Stretch[] {
  const perUs = ratePerSecond / 1e6;
  const most = Math.min(Math.max(keys * requestsPerKey, firstRequests), mostRequests);
  const stretches: Stretch[] = [];
  let wanted = firstRequests;
  for (let fromUs = startUs; fromUs < stopUs && perUs > 0; wanted = Math.min(wanted * 2, most)) {
    const untilUs = Math.min(fromUs + Math.max(1, Math.round(wanted / perUs)), stopUs);
    stretches.push({ startUs: fromUs, stopUs: untilUs, requests: perUs * (untilUs - fromUs) });
    fromUs = untilUs;
  }
  return stretches;
}
