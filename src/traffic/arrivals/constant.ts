import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { ratePerSecond } from '../../fields.ts';
import { type Arrivals, arrivalModel, type Span, steady } from './model.ts';

/**
 * What is added before rounding down, in microseconds: a double holds 7/1m only nearly, and request 7 must still come
 * at the full minute and not a microsecond before. Larger than the error of any run of 100 days, too small to see.
 */
const nudgeUs = 2 ** -10;

/** Evenly spaced requests. Each time is computed from the request's own number, so that no error adds up. */
export class EvenlySpaced implements Arrivals {
  #index = 0;

  constructor(
    private readonly ratePerSecond: number,
    private readonly span: Span,
  ) {}

  fill({ timeUs }: ArrivalBatch, from: number, to: number): number {
    const { ratePerSecond } = this;
    const { startUs, stopUs } = this.span;
    let row = from;
    for (let index = this.#index; row < to; row++, index++) {
      const atUs = startUs + Math.floor((index * 1e6) / ratePerSecond + nudgeUs);
      if (atUs >= stopUs) break;
      timeUs[row] = atUs;
    }
    this.#index += row - from;
    return row - from;
  }
}

export const constant = arrivalModel({
  name: 'constant',
  title: 'evenly spaced requests, the first one at the start',
  schema: z.strictObject({
    model: z.literal('constant'),
    rate: ratePerSecond.describe('Requests per period, such as 100/s'),
  }),
  expected: ({ rate }, span) => Math.ceil(steady(rate, span) - 1e-6),
  scale: (params, factor) => ({ ...params, rate: params.rate * factor }),
  rates: ({ rate }, span) => [{ ...span, from: rate, to: rate }],
  begin: ({ rate }, { span }) => new EvenlySpaced(rate, span),
});
