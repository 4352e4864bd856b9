/** Schema fields for the units that people write, shared by algorithms, traffic and scenarios. */
import { z } from 'zod';
import { parseCount, parseDuration, parseRate } from './units.ts';

/** Runs a parser of `units.ts` inside a schema, so that its message becomes the field's message. */
function spelled(parse: (text: string) => number, example: string) {
  return z.union([z.string(), z.number()], { error: `write ${example}` }).transform((value, context) => {
    try {
      return parse(String(value));
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message }); // parsers throw UsageError only
      return z.NEVER;
    }
  });
}

/** `250ms`, `10m`: whole microseconds. */
export const durationUs = spelled(parseDuration, 'a duration such as 250ms, 10s or 1m');

/** The same, longer than nothing. */
export const positiveDurationUs = durationUs.refine((us) => us > 0, 'must be longer than 0');

/** `5k/s`, `100/1m`: units per second, above 0. */
export const ratePerSecond = spelled(parseRate, 'a rate such as 5k/s or 100/1m').refine(
  (rate) => rate > 0,
  'must be above 0',
);

/** `100`, `5k`, `1.5M`: a whole number, 0 or more. */
export const count = spelled(parseCount, 'a whole number such as 100, 5k or 1.5M');

/** The same, 1 or more. */
export const positiveCount = count.refine((value) => value > 0, 'must be 1 or more');
