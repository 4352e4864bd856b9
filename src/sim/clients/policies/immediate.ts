import * as z from 'zod';
import { definePolicy, retrying } from '../policy.ts';

export const immediate = definePolicy({
  name: 'immediate',
  title: 'asks again as soon as it is refused',
  sources: [],
  params: z.strictObject(retrying),
  create: () => ({ retryUs: () => 0 }),
});
