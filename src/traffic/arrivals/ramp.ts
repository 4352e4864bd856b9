import * as z from 'zod';
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { rateOrZero } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import type { Draw } from '../random.ts';
import { type Arrivals, arrivalModel, type Span, steady } from './model.ts';

const schema = z
  .strictObject({
    model: z.literal('ramp'),
    from: rateOrZero.describe('Mean number of requests per period at the start, such as 0/s'),
    to: rateOrZero.describe('Mean number of requests per period at the end, such as 5k/s'),
  })
  .refine(({ from, to }) => from > 0 || to > 0, 'from and to are both 0: no request would ever come');

/**
 * Poisson arrivals at a rate a + (b - a)t/D that goes from a to b over the span D, by time rescaling: the integral of
 * the rate up to each request, L(t) = a t + (b - a) t²/(2D), grows by unit exponentials, and t is L's inverse
 *   t = 2L / (a + sqrt(a² + 2(b - a)L/D)),
 * the form of the quadratic's root that loses no digits where b is near a, and that holds for a = 0.
 */
class Ramp implements Arrivals {
  /** L of the last request; past `#total` the stream has ended. */
  #integral = 0;
  readonly #total: number;
  /** a, per microsecond. */
  readonly #from: number;
  /** 2(b - a)/D, per microsecond squared. */
  readonly #twiceSlope: number;

  constructor(
    { from, to }: z.output<typeof schema>,
    private readonly span: Span,
    private readonly draw: Draw,
  ) {
    this.#total = steady((from + to) / 2, span);
    this.#from = from / 1e6;
    this.#twiceSlope = (2 * (to - from)) / 1e6 / (span.stopUs - span.startUs);
  }

  fill({ timeUs }: ArrivalBatch, from: number, to: number): number {
    const { draw } = this;
    const { startUs, stopUs } = this.span;
    const a = this.#from;
    const twiceSlope = this.#twiceSlope;
    const total = this.#total;
    let integral = this.#integral;
    let row = from;
    for (; row < to; row++) {
      integral += exponential(draw);
      if (integral >= total) break;
      // At the very end of a ramp down to 0 the root's argument can be below 0 by rounding, the time not below `stop`.
      const root = Math.sqrt(Math.max(0, a * a + twiceSlope * integral));
      timeUs[row] = Math.min(startUs + Math.floor((2 * integral) / (a + root)), stopUs - 1);
    }
    this.#integral = integral;
    return row - from;
  }
}

export const ramp = arrivalModel({
  name: 'ramp',
  title: 'Poisson requests at a rate that grows or falls evenly over the whole stream',
  schema,
  expected: ({ from, to }, span) => steady((from + to) / 2, span),
  scale: (params, factor) => ({ ...params, from: params.from * factor, to: params.to * factor }),
  rates: ({ from, to }, span) => [{ ...span, from, to }],
  begin: (params, { span, draw }) => new Ramp(params, span, draw),
});
