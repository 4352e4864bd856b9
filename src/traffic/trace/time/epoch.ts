import { UsageError } from '../../../errors.ts';
import { dash, dot, isDigit, zero } from '../text/bytes.ts';
import { type Fraction, readFraction } from './calendar.ts';

/** Units in which traces write numbers of time, in microseconds; a FILETIME of Windows counts 100 ns since 1601. */
export const timeUnits = {
  w: 604_800e6,
  d: 86_400e6,
  h: 3600e6,
  min: 60e6,
  s: 1e6,
  ms: 1e3,
  us: 1,
  ns: 1e-3,
  filetime: 0.1,
} as const;
export type NumberUnit = keyof typeof timeUnits;
/** What the digits of a time are: a number of a unit, or the year, the month, the day and so on of a date. */
export type TimeUnit = NumberUnit | 'date';

/** What a plain number of time seems to be. */
export interface TimeGuess {
  readonly unit: NumberUnit;
  /** It is no date, but counted from a start of its own. */
  readonly relative: boolean;
  /** It is no date, and too large to be seconds from a start of its own: nothing tells the unit. */
  readonly doubtful: boolean;
}

export function parseTimeUnit(text: string): TimeUnit {
  if (text === 'date' || Object.hasOwn(timeUnits, text)) return text as TimeUnit;
  throw new UsageError(
    `"${text}" is not a unit of time; write w, d, h, min, s, ms, us, ns, filetime or date, as in --time ts:ms`,
  );
}

/** Dates of requests lie in these years, in microseconds since 1970. */
const earliestUs = Date.UTC(1990) * 1e3;
const latestUs = Date.UTC(2100) * 1e3;

/**
 * The unit in which a number since 1970 falls into our days. Numbers too small for a date (below 1e8) are relative, in seconds
 * unless something says more. What would be nanoseconds of 1973 to 1975 is a FILETIME of 1970 to 2108.
 */
export function guessTimeUnit(value: number): TimeGuess {
  const size = Math.abs(value);
  if (size < 1e8) return { unit: 's', relative: true, doubtful: false };
  if (size >= 1.1644e17 && size < 1.6e17) return { unit: 'filetime', relative: false, doubtful: false };
  const unit = size < 1e11 ? 's' : size < 1e14 ? 'ms' : size < 1e17 ? 'us' : 'ns';
  const us = size * timeUnits[unit];
  const isDate = us >= earliestUs && us < latestUs;
  return { unit, relative: !isDate, doubtful: !isDate };
}

const fraction: Fraction = { us: 0, end: 0 };

/** Whole microseconds, rounded down, of a decimal number of `unit`; NaN when it is no number. */
export function epochUs(buf: Uint8Array, from: number, to: number, unit: NumberUnit): number {
  if (unit === 'filetime') return filetimeUs(buf, from, to);
  const negative = buf[from] === dash;
  const start = negative ? from + 1 : from;
  let end = start;
  let whole = 0;
  const wholeEnd = unit === 'ns' ? integerEnd(buf, start, to) - 3 : to; // the last three digits are below 1 us
  for (; end < wholeEnd && isDigit(buf[end]); end++) whole = whole * 10 + buf[end] - zero;
  if (unit === 'ns')
    return end === wholeEnd || wholeEnd <= start ? nanosUs(buf, start, to, whole, negative) : Number.NaN;
  if (end === start) return Number.NaN;
  readFraction(buf, end, to, fraction);
  if (fraction.end !== to) return scientificUs(buf, from, to, unit);
  const us = whole * timeUnits[unit] + Math.floor((fraction.us * timeUnits[unit]) / 1e6);
  return negative ? -us : us;
}

function integerEnd(buf: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && isDigit(buf[end])) end++;
  return end;
}

function nanosUs(buf: Uint8Array, start: number, to: number, us: number, negative: boolean): number {
  const end = integerEnd(buf, start, to);
  if (end === start) return Number.NaN;
  if (end < to && buf[end] !== dot) return scientificUs(buf, start, to, 'ns');
  return negative ? -us : us;
}

const filetimeOf1970 = 116_444_736_000_000_000n;

/** A FILETIME has more digits than a double holds. */
function filetimeUs(buf: Uint8Array, from: number, to: number): number {
  const text = String.fromCharCode(...buf.subarray(from, Math.min(to, from + 40)));
  return /^\d+$/.test(text) ? Number((BigInt(text) - filetimeOf1970) / 10n) : Number.NaN;
}

/** `1.7e+18`, which few writers use: exact enough through a double. */
function scientificUs(buf: Uint8Array, from: number, to: number, unit: NumberUnit): number {
  const text = String.fromCharCode(...buf.subarray(from, Math.min(to, from + 40)));
  return /^-?[\d.]+e[+-]?\d+$/i.test(text) ? Math.floor(Number(text) * timeUnits[unit]) : Number.NaN;
}
