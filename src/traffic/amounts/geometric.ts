import * as z from 'zod';
import { exponential } from '../exponential.ts';
import { amountModel } from './model.ts';

/** 1 + the number of failures before a success of probability 1/mean: a rounded-down exponential (Devroye 1986, X.2). */
export const geometric = amountModel({
  name: 'geometric',
  title: 'whole amounts from 1 on, each less likely than the one before by the same ratio',
  schema: ({ real }) =>
    z
      .strictObject({ model: z.literal('geometric'), mean: real.describe('Mean amount, at least 1') })
      .refine(({ mean }) => mean >= 1, {
        path: ['mean'],
        error: 'must be at least 1, the least amount',
      }),
  sampler: ({ mean }, draw) => {
    const scale = -1 / Math.log1p(-1 / mean);
    return () => 1 + Math.floor(exponential(draw) * scale);
  },
});
