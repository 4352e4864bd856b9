import * as z from 'zod';
import { definePolicy } from '../policy.ts';
import { herokuSources, Throttled, throttling } from './heroku.ts';

export const herokuProportional = definePolicy({
  name: 'heroku-proportional',
  title: 'Heroku’s ExponentialIncreaseProportionalDecrease: a success shortens the sleep by 1/limit of it',
  sources: herokuSources,
  params: z.strictObject(throttling),
  create: (settings, desk) => new Throttled(settings, desk, (sleepUs) => sleepUs / desk.quota.limit),
});
