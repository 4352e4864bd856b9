import * as z from 'zod';
import { positiveNumber } from '../../../fields.ts';
import { at, defineFault, length } from './fault.ts';

export const slowStore = defineFault({
  name: 'slow-store',
  title: 'the store works several times longer on each request',
  params: z.strictObject({
    at,
    for: length,
    factor: positiveNumber.prefault(10).describe('how many times longer'),
  }),
  begin: ({ factor }, { conditions }) => {
    conditions.storeSlowness *= factor;
  },
  end: ({ factor }, { conditions }) => {
    conditions.storeSlowness /= factor;
  },
});
