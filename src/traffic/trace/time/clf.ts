import { blank, colon, slash } from '../text/bytes.ts';
import { clockUs, type DayCache, digitsAt, type Fraction, readFraction, zoneUs } from './calendar.ts';

const months = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, index) => [
    (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
    index + 1,
  ]),
);

/** The month whose three letters stand at `buf[at]`, 1 to 12, or NaN. */
export function monthAt(buf: Uint8Array, at: number): number {
  const letters = ((buf[at] | 32) << 16) | ((buf[at + 1] | 32) << 8) | (buf[at + 2] | 32);
  return months.get(letters) ?? Number.NaN;
}

/**
 * `17/May/2015:10:05:03 +0000` of the Common Log Format (Apache HTTP Server, mod_log_config, `%t`), and HAProxy's
 * `06/Feb/2009:12:14:14.655` without a zone; a blank may part the day from the time, as Python's http.server does. NaN when it is no such time; `zone.absent` tells that UTC was assumed.
 */
export function clfUs(
  buf: Uint8Array,
  from: number,
  to: number,
  days: DayCache,
  out: Fraction & { zoned: boolean },
): number {
  if (to - from < 20 || buf[from + 2] !== slash || buf[from + 6] !== slash) return Number.NaN;
  if (buf[from + 11] !== colon && buf[from + 11] !== blank) return Number.NaN;
  const dayUs = days.us(digitsAt(buf, from + 7, 4), monthAt(buf, from + 3), digitsAt(buf, from, 2));
  readFraction(buf, from + 20, to, out);
  let zone = out.end;
  if (zone < to && buf[zone] === blank) zone++;
  out.zoned = zone < to;
  return dayUs + clockUs(buf, from + 12) + out.us - zoneUs(buf, zone, to);
}
