import * as z from 'zod';
import { exponential as unitExponential } from '../exponential.ts';
import { amountModel } from './model.ts';

export const exponential = amountModel({
  name: 'exponential',
  title: 'many small amounts and few large ones, without memory',
  schema: ({ real }) =>
    z.strictObject({ model: z.literal('exponential'), mean: real.describe('Mean amount') }),
  sampler:
    ({ mean }, draw) =>
    () =>
      mean * unitExponential(draw),
});
