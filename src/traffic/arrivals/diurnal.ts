import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { durationUs, periodUs, ratePerSecond, share } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import type { Draw } from '../random.ts';
import { type Arrivals, arrivalModel, type Span } from './model.ts';

const schema = z.strictObject({
  model: z.literal('diurnal'),
  rate: ratePerSecond.describe('Mean number of requests per period over a whole day, such as 1k/s'),
  amplitude: share
    .prefault(0.5)
    .describe('How far the rate swings around its mean, as a share of it: 0 steady, 1 silent at night'),
  period: periodUs
    .refine((us) => us >= 1e6, 'must be at least 1s')
    .prefault('24h')
    .describe('Length of the day'),
  peak: durationUs
    .optional()
    .describe("Busiest time of the day, from the run's start; half a period when left out"),
});
type Params = z.output<typeof schema>;

/** Into how many slots a period is cut; even, so that none has a crest or a trough inside. */
const slots = 128;

/** rate(t) = mean * (1 + amplitude * cos((t - crest) * perUs)), per microsecond. */
class Wave {
  readonly #mean: number;
  readonly #amplitude: number;
  readonly #perUs: number;
  readonly #crestUs: number;
  readonly #slotUs: number;

  constructor({ rate, amplitude, period, peak = period / 2 }: Params) {
    this.#mean = rate / 1e6;
    this.#amplitude = amplitude;
    this.#perUs = (2 * Math.PI) / period;
    this.#crestUs = peak;
    this.#slotUs = period / slots;
  }

  rateAt(atUs: number): number {
    return this.#mean * (1 + this.#amplitude * Math.cos((atUs - this.#crestUs) * this.#perUs));
  }

  /** The integral of the rate over a span. */
  requestsIn({ startUs, stopUs }: Span): number {
    const swingUs = (atUs: number) => Math.sin((atUs - this.#crestUs) * this.#perUs) / this.#perUs;
    return this.#mean * (stopUs - startUs + this.#amplitude * (swingUs(stopUs) - swingUs(startUs)));
  }

  /** Slots are counted from the crest, so that the rate only rises or only falls inside each. */
  slotAt(atUs: number): number {
    return Math.floor((atUs - this.#crestUs) / this.#slotUs);
  }

  slotStartUs(slot: number): number {
    return this.#crestUs + slot * this.#slotUs;
  }
}

/**
 * Poisson arrivals at the rate of a wave by thinning (Lewis & Shedler 1979): candidates come at the highest rate of
 * their slot, and each is kept with the probability rate(t) / highest rate. Slots are so short that nearly all are
 * kept, most of them without asking for the rate: below the slot's lowest rate every candidate is kept.
 */
class Diurnal implements Arrivals {
  readonly #wave: Wave;
  #slot: number;
  #nowUs: number;

  constructor(
    params: Params,
    private readonly span: Span,
    private readonly draw: Draw,
  ) {
    this.#wave = new Wave(params);
    this.#nowUs = span.startUs;
    this.#slot = this.#wave.slotAt(span.startUs);
  }

  fill(batch: ArrivalBatch, from: number, to: number): number {
    let row = from;
    while (row < to && this.#nowUs < this.span.stopUs) row = this.#fillSlot(batch, row, to);
    return row - from;
  }

  /** Fills rows up to `to` or to the end of the slot, and returns the row after the last one. */
  #fillSlot({ timeUs }: ArrivalBatch, from: number, to: number): number {
    const { draw } = this;
    const wave = this.#wave;
    const slotEndUs = wave.slotStartUs(this.#slot + 1);
    const endUs = Math.min(slotEndUs, this.span.stopUs);
    const rates = [wave.rateAt(wave.slotStartUs(this.#slot)), wave.rateAt(slotEndUs)];
    const highest = Math.max(...rates);
    const lowest = Math.min(...rates);
    let nowUs = this.#nowUs;
    let row = from;
    while (row < to) {
      nowUs += exponential(draw) / highest;
      if (nowUs >= endUs) break;
      const level = draw() * highest;
      if (level < lowest || level < wave.rateAt(nowUs)) timeUs[row++] = Math.floor(nowUs);
    }
    if (nowUs >= endUs) {
      this.#slot++;
      // A slot that starts where the stream does can end before it by rounding; time must not.
      nowUs = Math.max(endUs, this.#nowUs);
    }
    this.#nowUs = nowUs;
    return row;
  }
}

export const diurnal = arrivalModel({
  name: 'diurnal',
  title: 'Poisson requests at a rate that swings between day and night',
  schema,
  expected: (params, span) => new Wave(params).requestsIn(span),
  scale: (params, factor) => ({ ...params, rate: params.rate * factor }),
  begin: (params, { span, draw }) => new Diurnal(params, span, draw),
});
