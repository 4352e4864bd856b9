import * as z from 'zod';
import { periodUs } from '../../../fields.ts';
import { type Desk, definePolicy, type Policy, retrying } from '../policy.ts';

const params = z.strictObject({
  base: periodUs.prefault('100ms').describe('wait after the first refusal'),
  max: periodUs.prefault('20s').describe('longest wait'),
  jitter: z
    .enum(['none', 'full', 'equal', 'decorrelated'])
    .default('full')
    .describe(
      'how chance spreads the waits: none; full, from 0 to the wait; equal, from half of it; decorrelated, from the base to three times the last wait',
    ),
  ...retrying,
});

/**
 * Waits that double: base · 2^n after refusal n + 1, at most `max`, spread by a jitter as in M. Brooker, Exponential
 * Backoff And Jitter (AWS Architecture Blog, 2015).
 */
export const exponential = definePolicy({
  name: 'exponential',
  title: 'waits twice as long after each refusal, spread by a jitter',
  sources: ['M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015'],
  params,
  create: (settings, desk) => ({ retryUs: waitOf(settings, desk) }),
});

function waitOf({ base, max, jitter }: z.output<typeof params>, { works, draw }: Desk): Policy['retryUs'] {
  const chance = draw('clients/jitter');
  const wait = (work: number) => Math.min(max, base * 2 ** (works.attempts[work] - 1));
  switch (jitter) {
    case 'none':
      return wait;
    case 'full':
      return (work) => chance() * wait(work);
    case 'equal':
      return (work) => (0.5 + chance() / 2) * wait(work);
    case 'decorrelated':
      return (work) => {
        const last = works.memory[work] || base;
        works.memory[work] = Math.min(max, base + chance() * (last * 3 - base));
        return works.memory[work];
      };
  }
}
