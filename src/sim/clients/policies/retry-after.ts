import * as z from 'zod';
import { durationUs, periodUs } from '../../../fields.ts';
import { asTold, definePolicy, retrying, wholeSeconds } from '../policy.ts';

export const retryAfter = definePolicy({
  name: 'retry-after',
  title: 'comes back when the refusal says',
  sources: ['RFC 9110, section 10.2.3: Retry-After'],
  params: z.strictObject({
    whole_seconds: wholeSeconds,
    jitter: durationUs.prefault('0s').describe('up to so much more, by chance; never less than was told'),
    otherwise: periodUs.prefault('1s').describe('wait where the refusal names none'),
    ...retrying,
  }),
  create: ({ whole_seconds, jitter, otherwise }, { draw }) => {
    const chance = draw('clients/jitter');
    return {
      retryUs: (_, { retryAfterUs }) => {
        const isTold = retryAfterUs !== Number.POSITIVE_INFINITY;
        const waitUs = isTold ? asTold(retryAfterUs, whole_seconds) : otherwise;
        return jitter === 0 ? waitUs : waitUs + chance() * jitter;
      },
    };
  },
});
