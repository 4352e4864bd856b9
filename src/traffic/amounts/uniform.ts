import * as z from 'zod';
import { amountModel } from './model.ts';

export const uniform = amountModel({
  name: 'uniform',
  title: 'every whole amount from min to max is as likely as any other',
  schema: ({ whole }) =>
    z
      .strictObject({
        model: z.literal('uniform'),
        min: whole.describe('Least amount'),
        max: whole.describe('Greatest amount, itself included'),
      })
      .refine(({ min, max }) => min <= max, {
        path: ['max'],
        error: 'must not be less than min',
      }),
  sampler: ({ min, max }, draw) => {
    const choices = max - min + 1;
    return () => min + Math.floor(draw() * choices);
  },
});
