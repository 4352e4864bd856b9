import { blank, colon, isDigit } from '../text/bytes.ts';
import { type DayCache, digitsAt, type Fraction, readFraction, zoneUs } from './calendar.ts';

const upperT = 84;
const dateDigits = 8;
const clockDigits = 6;

/**
 * Whether the text begins as `20231114T221320` (ISO 8601, basic format) or `20231114 22:13:20` (MariaDB's audit log), or is
 * `20231114221320`, of a year from 1900 to 2099.
 */
export function isCompact(buf: Uint8Array, from: number, to: number): boolean {
  const isSpaced = buf[from + dateDigits] === blank && buf[from + dateDigits + 3] === colon;
  const parted = isSpaced || buf[from + dateDigits] === upperT;
  if (to - from < dateDigits + clockDigits + (parted ? 1 : 0)) return false;
  if (!parted && (to - from > dateDigits + clockDigits || !isCentury(digitsAt(buf, from, 2)))) return false;
  for (let at = from; at < from + dateDigits; at++) if (!isDigit(buf[at])) return false;
  return true;
}

function isCentury(hundreds: number): boolean {
  return hundreds === 19 || hundreds === 20;
}

/** Microseconds since 1970 of such a time, which may have a fraction and a zone; NaN when it is none. */
export function compactUs(
  buf: Uint8Array,
  from: number,
  to: number,
  days: DayCache,
  out: Fraction & { zoned: boolean },
): number {
  const at = from + dateDigits + (isDigit(buf[from + dateDigits]) ? 0 : 1);
  const apart = buf[at + 2] === colon ? 3 : 2;
  const dayUs = days.us(digitsAt(buf, from, 4), digitsAt(buf, from + 4, 2), digitsAt(buf, from + 6, 2));
  const hours = digitsAt(buf, at, 2);
  const minutes = digitsAt(buf, at + apart, 2);
  const seconds = digitsAt(buf, at + 2 * apart, 2);
  if (!(hours < 24 && minutes < 60 && seconds < 61)) return Number.NaN;
  readFraction(buf, at + 2 * apart + 2, to, out);
  out.zoned = out.end < to;
  return dayUs + ((hours * 60 + minutes) * 60 + seconds) * 1e6 + out.us - zoneUs(buf, out.end, to);
}
