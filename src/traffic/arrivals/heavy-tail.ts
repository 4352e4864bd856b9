import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { positiveNumber, ratePerSecond } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import type { Draw } from '../random.ts';
import { type Arrivals, arrivalModel, type Span, steady } from './model.ts';

const schema = z.strictObject({
  model: z.literal('heavy-tail'),
  rate: ratePerSecond.describe('Mean number of requests per period, such as 1k/s'),
  shape: positiveNumber
    .refine((shape) => shape > 1, 'must be above 1: with less, the mean gap is infinite and there is no rate')
    .prefault(1.5)
    .describe(
      'Shape of the Pareto gaps, above 1: the nearer to 1, the denser the clusters and the longer the pauses',
    ),
});

/**
 * Requests whose gaps are Pareto: P(gap > x) = (m/x)^shape for x above the least gap m = mean * (shape - 1)/shape.
 * Up to a shape of 2 their variance is infinite, and counts stay bursty at every scale (Paxson & Floyd 1995).
 */
class HeavyTail implements Arrivals {
  #nowUs: number;
  readonly #leastUs: number;

  constructor(
    ratePerSecond: number,
    private readonly shape: number,
    private readonly span: Span,
    private readonly draw: Draw,
  ) {
    this.#leastUs = (1e6 / ratePerSecond) * (1 - 1 / shape);
    // The traffic runs already, so that the rate holds from the start on. The first request ends a gap that the start
    // cuts: the rest of such a gap is even up to m with probability (shape - 1)/shape, else Pareto of one shape less.
    const rest = draw() < 1 - 1 / shape ? draw() : Math.exp(exponential(draw) / (shape - 1));
    this.#nowUs = span.startUs + this.#leastUs * rest;
  }

  fill({ timeUs }: ArrivalBatch, from: number, to: number): number {
    const { draw } = this;
    const { stopUs } = this.span;
    const perShape = 1 / this.shape;
    const leastUs = this.#leastUs;
    let nowUs = this.#nowUs;
    let row = from;
    for (; row < to && nowUs < stopUs; row++) {
      timeUs[row] = Math.floor(nowUs);
      nowUs += leastUs * Math.exp(exponential(draw) * perShape);
    }
    this.#nowUs = nowUs;
    return row - from;
  }
}

export const heavyTail = arrivalModel({
  name: 'heavy-tail',
  title: 'clusters and long pauses at every scale: gaps with a Pareto tail',
  schema,
  expected: ({ rate }, span) => steady(rate, span),
  scale: (params, factor) => ({ ...params, rate: params.rate * factor }),
  begin: ({ rate, shape }, { span, draw }) => new HeavyTail(rate, shape, span, draw),
});
