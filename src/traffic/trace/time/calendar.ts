import { blank, colon, comma, dash, dot, isDigit, zero } from '../text/bytes.ts';

/** The calendar arithmetic of every time format: digits in, microseconds out, NaN for what is not a time. */

import { zoneHours } from './zonename.ts';

export const secondUs = 1e6;
export const minuteUs = 60e6;
export const hourUs = 3600e6;
export const dayUs = 86_400e6;

const plus = 43;

/** The number that `count` decimal digits at `buf[at]` spell, or NaN. The caller knows that the bytes exist. */
export function digitsAt(buf: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = buf[i] - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Microseconds since 1970 of midnight UTC; NaN when there is no such day. Remembers the last answer. */
export class DayCache {
  #packed = -1;
  #us = Number.NaN;

  us(year: number, month: number, day: number): number {
    const packed = year * 10_000 + month * 100 + day;
    if (packed !== this.#packed) {
      this.#us = midnightUs(year, month, day);
      this.#packed = packed;
    }
    return this.#us;
  }
}

function midnightUs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // unlike Date.UTC, takes the years 0 to 99 as they are
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() * 1000 : Number.NaN;
}

/** Microseconds of a time of day `HH:MM:SS` at `buf[at]`; a leap second is the first of the next minute. */
export function clockUs(buf: Uint8Array, at: number): number {
  const hours = digitsAt(buf, at, 2);
  const minutes = digitsAt(buf, at + 3, 2);
  const seconds = digitsAt(buf, at + 6, 2);
  const valid = hours < 24 && minutes < 60 && seconds < 61 && buf[at + 2] === colon && buf[at + 5] === colon;
  return valid ? hours * hourUs + minutes * minuteUs + seconds * secondUs : Number.NaN;
}

/** Microseconds of `DD:HH:MM:SS` at `buf[at]`, a day of an unnamed month, since the day before the first. */
export function dayClockUs(buf: Uint8Array, at: number): number {
  return buf[at + 2] === colon ? digitsAt(buf, at, 2) * dayUs + clockUs(buf, at + 3) : Number.NaN;
}

/** A fraction of a second, cut to microseconds. */
export interface Fraction {
  us: number;
  /** Where it ends. */
  end: number;
}

/** Reads `.123456789` (or with a comma) at `buf[at]` into `out`; nothing there is no fraction. */
export function readFraction(buf: Uint8Array, at: number, to: number, out: Fraction): void {
  out.us = 0;
  out.end = at;
  if (at >= to || (buf[at] !== dot && buf[at] !== comma)) return;
  let unitUs = 100_000;
  let i = at + 1;
  for (; i < to && isDigit(buf[i]); i++) {
    out.us += (buf[i] - zero) * unitUs;
    unitUs = Math.floor(unitUs / 10);
  }
  out.end = i;
}

/** A zone at the end of a time: its offset east of UTC in microseconds, NaN when it is none, 0 when it is absent. */
export function zoneUs(buf: Uint8Array, from: number, to: number): number {
  if (from >= to) return 0;
  const sign = buf[from];
  if (sign !== plus && sign !== dash) return namedZoneUs(buf, from, to);
  let end = from + 1;
  while (end < to && (buf[end] === colon || isDigit(buf[end]))) end++;
  const us = blankOrName(buf, end, to) ? offsetUs(buf, from + 1, end) : Number.NaN;
  return sign === dash ? -us : us;
}

/** `02`, `0200` or `02:00` */
function offsetUs(buf: Uint8Array, from: number, to: number): number {
  const hours = digitsAt(buf, from, 2);
  if (to - from === 2) return hours * hourUs;
  const withColon = to - from === 5 && buf[from + 2] === colon;
  if (to - from !== 4 && !withColon) return Number.NaN;
  const minutes = digitsAt(buf, to - 2, 2);
  return hours < 24 && minutes < 60 ? hours * hourUs + minutes * minuteUs : Number.NaN;
}

/** Go writes the zone's name behind its offset: `+0200 CEST`. */
function blankOrName(buf: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true;
  if (buf[from] !== blank || to - from > 6) return false;
  for (let i = from + 1; i < to; i++) if (buf[i] < 65 || buf[i] > 90) return false;
  return true;
}

/** A name alone, of which only Z is also written small. */
function namedZoneUs(buf: Uint8Array, from: number, to: number): number {
  const name = String.fromCharCode(...buf.subarray(from, Math.min(to, from + longestName + 1)));
  return (zoneHours[name === 'z' ? 'Z' : name] ?? Number.NaN) * hourUs;
}

const longestName = 4;
