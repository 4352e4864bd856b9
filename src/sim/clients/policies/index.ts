/** The one list of what clients do about refusals. To add a policy, write its file and name it here. */
import type { PolicyKind } from '../policy.ts';
import { exponential } from './exponential.ts';
import { fixed } from './fixed.ts';
import { herokuBackoff } from './heroku-backoff.ts';
import { herokuGradual } from './heroku-gradual.ts';
import { herokuProportional } from './heroku-proportional.ts';
import { herokuRemaining } from './heroku-remaining.ts';
import { immediate } from './immediate.ts';
import { none } from './none.ts';
import { ratelimitHeaders } from './ratelimit-headers.ts';
import { retryAfter } from './retry-after.ts';

export const policies: readonly PolicyKind[] = [
  none,
  immediate,
  fixed,
  exponential,
  retryAfter,
  ratelimitHeaders,
  herokuBackoff,
  herokuGradual,
  herokuProportional,
  herokuRemaining,
];
