import * as z from 'zod';
import { definePolicy } from '../policy.ts';
import { herokuSources, minSleepUs, Throttled, throttling } from './heroku.ts';

export const herokuGradual = definePolicy({
  name: 'heroku-gradual',
  title: 'Heroku’s ExponentialIncreaseGradualDecrease: a success shortens the sleep by the least one',
  sources: herokuSources,
  params: z.strictObject(throttling),
  create: (settings, desk) => {
    const least = minSleepUs(settings, desk.quota);
    return new Throttled(settings, desk, () => least);
  },
});
