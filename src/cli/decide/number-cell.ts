import { dash, zero } from '../../traffic/trace/text/bytes.ts';
import type { Place } from './place.ts';

const plus = 43;

/** What is asked of a number in a cell. */
export interface NumberKind {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** What the user may have meant, or a number that would do. */
  readonly advice: string;
}

/** The whole number in `bytes[from, to)`. Throws UsageError where there is none, or one that is out of range. */
export function readNumber(kind: NumberKind, bytes: Buffer, from: number, to: number, place: Place): number {
  const value = wholeNumber(bytes, from, to);
  if (value >= kind.least && value <= kind.most) return value;
  const text = bytes.toString('utf8', from, Math.min(to, from + 40));
  const problem = Number.isNaN(value)
    ? `${JSON.stringify(text)} is not a whole number`
    : `${text} is not in ${kind.least} … ${kind.most}`;
  return place.fail(`${kind.name} ${problem}; ${kind.advice}`);
}

/**
 * The whole number in `bytes[from, to)`, digits with perhaps a sign before them; NaN when it is none. Beyond 2^53, where a
 * double rounds, it answers a number that is beyond as well.
 */
function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === dash;
  const digitsFrom = isNegative || bytes[from] === plus ? from + 1 : from;
  if (digitsFrom >= to) return Number.NaN;
  let value = 0;
  for (let at = digitsFrom; at < to; at++) {
    const digit = bytes[at] - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return isNegative ? 0 - value : value; // 0 has no sign
}
