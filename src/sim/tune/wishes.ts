/** What a search is to find: whom the limit may refuse, and how much may pass in all. */
import { UsageError } from '../../errors.ts';
import { parseCount, parsePeriod, parseRatio } from '../../units.ts';

export interface Goal {
  /** As it was written. */
  readonly text: string;
  /** What the share is one of: keys that met a refusal, or requests that were refused. */
  readonly of: 'clients' | 'requests';
  readonly holds: (refusedRatio: number) => boolean;
}

/** Reads `refuse < 0.1% of clients`, `refuse <= 1% of requests`. Throws UsageError. */
export function parseGoal(text: string): Goal {
  const match = /^refuse\s*(<=?)\s*(\S+)\s+of\s+(clients|requests)$/.exec(text.trim());
  if (!match) {
    throw new UsageError(
      `"${text}" is not a goal; write it like refuse < 0.1% of clients, or refuse <= 1% of requests`,
    );
  }
  const [, operator, share, of] = match;
  const bound = parseRatio(share);
  if (operator === '<' && bound === 0) {
    throw new UsageError(`"${text}": nothing is less than none; write refuse <= 0% of ${of}`);
  }
  if (bound > 1 || (operator === '<=' && bound === 1)) {
    throw new UsageError(`"${text}": every limit keeps this; write a share below all, such as 0.1%`);
  }
  return {
    text: text.trim(),
    of: of === 'clients' ? 'clients' : 'requests',
    holds: (ratio) => (operator === '<' ? ratio < bound : ratio <= bound),
  };
}

/** The most units that may be admitted of all keys together in any trailing span. */
export interface Cap {
  readonly units: number;
  readonly spanUs: number;
}

/** Reads `2k/1s`: at most 2000 units in any second. Throws UsageError. */
export function parseCap(text: string): Cap {
  const slash = text.indexOf('/');
  if (slash < 0) throw new UsageError(`"${text}" is not a cap: it has no span; write one such as 2k/1s`);
  return { units: parseCount(text.slice(0, slash)), spanUs: parsePeriod(text.slice(slash + 1)) };
}
