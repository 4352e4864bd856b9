import * as z from 'zod';
import { definePolicy } from '../policy.ts';
import { herokuSources, jittered, minSleepUs, sleeping } from './heroku.ts';

export const herokuBackoff = definePolicy({
  name: 'heroku-backoff',
  title: 'Heroku’s ExponentialBackoff: sleeps longer after each refusal, and not at all after a success',
  sources: herokuSources,
  params: z.strictObject(sleeping),
  create: (settings, { works, quota, draw }) => {
    const chance = draw('clients/jitter');
    const least = minSleepUs(settings, quota);
    return {
      retryUs: (work) => jittered(least * settings.multiplier ** (works.attempts[work] - 1), chance),
    };
  },
});
