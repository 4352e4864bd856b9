import * as z from 'zod';
import { definePolicy, habits } from '../policy.ts';

export const none = definePolicy({
  name: 'none',
  title: 'gives up at the first refusal',
  sources: [],
  params: z.strictObject(habits),
  create: () => ({ retryUs: () => Number.POSITIVE_INFINITY }),
});
