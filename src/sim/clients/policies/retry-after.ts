import * as z from 'zod';
import { durationUs, periodUs } from '../../../fields.ts';
import { definePolicy, retrying } from '../policy.ts';

const secondUs = 1e6;

export const retryAfter = definePolicy({
  name: 'retry-after',
  title: 'comes back when the refusal says',
  sources: ['RFC 9110, section 10.2.3: Retry-After'],
  params: z.strictObject({
    whole_seconds: z
      .boolean()
      .default(true)
      .describe('whether the wait is told in whole seconds, rounded up, as HTTP has it'),
    jitter: durationUs.prefault('0s').describe('up to so much more, by chance; never less than was told'),
    otherwise: periodUs.prefault('1s').describe('wait where the refusal names none'),
    ...retrying,
  }),
  create: ({ whole_seconds, jitter, otherwise }, { draw }) => {
    const chance = draw('clients/jitter');
    const told = (us: number) => (whole_seconds ? Math.ceil(us / secondUs) * secondUs : us);
    return {
      retryUs: (_, { retryAfterUs }) => {
        const waitUs = retryAfterUs === Number.POSITIVE_INFINITY ? otherwise : told(retryAfterUs);
        return jitter === 0 ? waitUs : waitUs + chance() * jitter;
      },
    };
  },
});
