import * as z from 'zod';
import { definePolicy } from '../policy.ts';
import { herokuSources, Throttled, throttling } from './heroku.ts';

export const herokuRemaining = definePolicy({
  name: 'heroku-remaining',
  title:
    'Heroku’s ExponentialIncreaseProportionalRemainingDecrease: a success shortens the sleep by the share of the limit that is left',
  sources: herokuSources,
  params: z.strictObject(throttling),
  readsLimit: true,
  create: (settings, desk) =>
    new Throttled(
      settings,
      desk,
      (sleepUs, { remaining }) => (sleepUs * Math.max(0, remaining)) / desk.quota.limit,
    ),
});
