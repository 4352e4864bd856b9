/**
 * The fields of a scenario as people write them: `duration: 10m`, `rate: 5k/s`, `count: 100k`. Each is read by
 * `units.ts` into microseconds, units per second or a plain number; a refusal says what to write instead.
 */
import * as z from 'zod';
import { UsageError } from './errors.ts';
import { inWords, shown } from './in-words.ts';
import { parseCount, parseDuration, parseRate } from './units.ts';

z.config({ customError: inWords });

/** A parser that throws UsageError as a zod transform: its message becomes the field's. */
export function reading<In, Out>(parse: (value: In) => Out) {
  return (value: In, ctx: z.RefinementCtx): Out => {
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}

/** Where in a document a problem is, before its message: `streams[0].arrivals.rate: `; nothing for the document itself. */
export function spellField(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${text.replace(/^\./, '')}: `;
}

/** The message for a value of the wrong type; a bare number gets the unit that it lacks. */
function wanted(what: string, example: string, unit?: string) {
  return ({ input }: { readonly input?: unknown }): string => {
    if (input === undefined) return `is missing; write ${what} such as ${example}`;
    if (unit && typeof input === 'number' && input > 0) return `${input} has no unit; write ${input}${unit}`;
    return `${shown(input)} is not ${what}; write one such as ${example}`;
  };
}

/** A length of time, zero or more, in whole microseconds; written `250ms`, `10s`, `10m`, `24h`. */
export const durationUs = z
  .string({ error: wanted('a duration', '10s', 's') })
  .transform(reading(parseDuration));

/** A length of time above zero, in whole microseconds. */
export const periodUs = durationUs.refine((us) => us > 0, 'must be longer than 0; write one such as 10s');

/** Units per second, zero or more; written `5k/s`, `100/1m`. */
export const rateOrZero = z.string({ error: wanted('a rate', '5k/s', '/s') }).transform(reading(parseRate));

/** Units per second, above zero. */
export const ratePerSecond = rateOrZero.refine((rate) => rate > 0, 'must be above 0; write one such as 5k/s');

const countText = z.union([z.number(), z.string()], { error: wanted('a count', '100k') });

/** A whole number, zero or more; written `100`, `5k`, `1.5M`. */
export const countOrZero = countText.transform((value, ctx) => reading(parseCount)(String(value), ctx));

/** A whole number above zero. */
export const count = countOrZero.refine((n) => n > 0, 'must be at least 1');

/** A real number, zero or more, such as a mean cost of 1.5. */
export const realNumber = z
  .number({ error: wanted('a number', '1.5') })
  .refine((n) => n >= 0, 'must not be negative; write 0 or more');

/** A real number above zero, such as a weight. */
export const positiveNumber = z
  .number({ error: wanted('a number', '1.5') })
  .refine((n) => n > 0, 'must be above 0; write one such as 1');

/** A part of a whole, 0 to 1. */
export const share = z
  .number({ error: wanted('a share', '0.5') })
  .refine((part) => part >= 0 && part <= 1, 'must be between 0 and 1; write 0.5 for a half');

/** A name that appears in reports and in key names. */
export const label = z
  .string({ error: wanted('a name', 'web') })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,63}$/u, {
    error: 'a name starts with a letter or digit and has at most 64 letters, digits, spaces and . _ : -',
  });
