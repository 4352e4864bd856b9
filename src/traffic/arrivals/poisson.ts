import * as z from 'zod';
import { ratePerSecond } from '../../fields.ts';
import { arrivalModel, steady } from './model.ts';
import { PhasedPoisson } from './phased.ts';

export const poisson = arrivalModel({
  name: 'poisson',
  title: 'independent requests at a steady mean rate, as from many unrelated users',
  schema: z.strictObject({
    model: z.literal('poisson'),
    rate: ratePerSecond.describe('Mean number of requests per period, such as 5k/s'),
  }),
  expected: ({ rate }, span) => steady(rate, span),
  scale: (params, factor) => ({ ...params, rate: params.rate * factor }),
  rates: ({ rate }, span) => [{ ...span, from: rate, to: rate }],
  independent: true,
  begin: ({ rate }, { span, draw }) =>
    new PhasedPoisson([{ ratePerSecond: rate, untilUs: span.stopUs }].values(), span, draw),
});
