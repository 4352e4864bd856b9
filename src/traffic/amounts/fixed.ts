import * as z from 'zod';
import { amountModel } from './model.ts';

export const fixed = amountModel({
  name: 'fixed',
  title: 'always the same amount',
  schema: ({ whole }) => z.strictObject({ model: z.literal('fixed'), value: whole.describe('The amount') }),
  sampler:
    ({ value }) =>
    () =>
      value,
});
