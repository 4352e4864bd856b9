import * as z from 'zod';
import { positiveNumber } from '../../fields.ts';
import { AliasTable } from '../alias.ts';
import { amountModel } from './model.ts';

export const choice = amountModel({
  name: 'choice',
  title: 'one of a few amounts, by weight',
  schema: ({ whole }) =>
    z.strictObject({
      model: z.literal('choice'),
      values: z
        .array(
          z.strictObject({
            value: whole.describe('The amount'),
            weight: positiveNumber.prefault(1).describe("How likely it is, relative to the others' weights"),
          }),
          { error: 'write a list of amounts, each with value and weight' },
        )
        .min(1, 'needs at least one amount, such as {value: 1, weight: 9}')
        .describe('Amounts and weights: [{value: 1, weight: 9}, {value: 10, weight: 1}]'),
    }),
  sampler: ({ values }, draw) => {
    const amounts = Float64Array.from(values, ({ value }) => value);
    const table = new AliasTable(Float64Array.from(values, ({ weight }) => weight));
    return () => amounts[table.pick(draw)];
  },
});
