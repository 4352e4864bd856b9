import * as z from 'zod';
import { positiveNumber } from '../../fields.ts';
import { normal } from '../random.ts';
import { amountModel } from './model.ts';

export const lognormal = amountModel({
  name: 'lognormal',
  title: 'amounts whose logarithm is normal, as response times and sizes often are',
  schema: ({ real }) =>
    z.strictObject({
      model: z.literal('lognormal'),
      median: real.describe('Median amount'),
      sigma: positiveNumber
        .prefault(1)
        .describe('Standard deviation of the natural logarithm; at 1 the 99th percentile is 10 medians'),
    }),
  sampler:
    ({ median, sigma }, draw) =>
    () =>
      median * Math.exp(sigma * normal(draw)),
});
