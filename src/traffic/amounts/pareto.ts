import * as z from 'zod';
import { positiveNumber } from '../../fields.ts';
import { exponential } from '../exponential.ts';
import { amountModel } from './model.ts';

export const pareto = amountModel({
  name: 'pareto',
  title: 'a heavy tail: P(amount > x) = (min/x)^shape',
  schema: ({ whole, real }) =>
    z.strictObject({
      model: z.literal('pareto'),
      min: real.describe('Least amount'),
      shape: positiveNumber
        .prefault(1.5)
        .describe('Shape of the tail: the smaller, the heavier; at 1 or less no mean'),
      max: whole.optional().describe('Greatest amount, to which larger ones are cut; no bound when left out'),
    }),
  sampler: ({ min, shape, max = Number.POSITIVE_INFINITY }, draw) => {
    const perShape = 1 / shape;
    return () => Math.min(min * Math.exp(exponential(draw) * perShape), max);
  },
});
