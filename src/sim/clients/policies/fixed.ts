import * as z from 'zod';
import { periodUs } from '../../../fields.ts';
import { definePolicy, retrying } from '../policy.ts';

export const fixed = definePolicy({
  name: 'fixed',
  title: 'asks again after the same wait each time',
  sources: [],
  params: z.strictObject({
    wait: periodUs.prefault('1s').describe('between a refusal and the next attempt'),
    ...retrying,
  }),
  create: ({ wait }) => ({ retryUs: () => wait }),
});
