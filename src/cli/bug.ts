import { safeText } from '../report/safe-text.ts';
import type { Io } from './io.ts';

/** What the user is told of an error that is ours. */
export function bugText(error: unknown, { RATELIMIT_DEBUG }: Io['env']): string {
  const detail = RATELIMIT_DEBUG ? (error as Error).stack : safeText(`${error}`); // only Errors are thrown
  return `ratelimit: this is a bug in ratelimit, please report it: ${detail}\n(RATELIMIT_DEBUG=1 shows where)\n`;
}
