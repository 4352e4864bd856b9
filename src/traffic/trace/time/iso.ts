import { blank, colon, dash, slash } from '../text/bytes.ts';
import {
  clockUs,
  type DayCache,
  digitsAt,
  type Fraction,
  hourUs,
  minuteUs,
  readFraction,
  zoneUs,
} from './calendar.ts';

/**
 * ISO 8601 and its usual relatives: `2018-07-02T22:23:00.186641Z`, a blank, tab, `_` or `:` for the T, slashes for the
 * dashes, no seconds, an hour alone, no time of day, 0 to 9 decimals, `Z`, `UTC`, `+02`, `+02:00`, ` +0200` or no zone at all.
 */
export function isoUs(
  buf: Uint8Array,
  from: number,
  to: number,
  days: DayCache,
  out: Fraction & { zoned: boolean },
): number {
  const mark = buf[from + 4];
  if (to - from < 10 || (mark !== dash && mark !== slash) || buf[from + 7] !== mark) return Number.NaN;
  const dayUs = days.us(digitsAt(buf, from, 4), digitsAt(buf, from + 5, 2), digitsAt(buf, from + 8, 2));
  if (to - from === 10) {
    out.zoned = false;
    return dayUs;
  }
  if (!parts(buf[from + 10])) return Number.NaN;
  if (to - from <= 13) {
    out.zoned = false;
    return dayUs + hourAloneUs(buf, from + 11, to);
  }
  if (to - from < 16) return Number.NaN;
  const withSeconds = to - from >= 19 && buf[from + 16] === colon;
  const timeUs = withSeconds ? clockUs(buf, from + 11) : shortClockUs(buf, from + 11);
  readFraction(buf, withSeconds ? from + 19 : from + 16, to, out);
  let zone = out.end;
  if (zone < to && buf[zone] === blank) zone++;
  out.zoned = zone < to;
  return dayUs + timeUs + out.us - zoneUs(buf, zone, to);
}

/** What may stand between a date and a time of day: T, t, blank, tab, underscore, colon, and what parts the columns of a table. */
const parting = new Set(Buffer.from('Tt \t_:,;|'));

function parts(byte: number): boolean {
  return parting.has(byte);
}

/** `9` or `09` */
function hourAloneUs(buf: Uint8Array, at: number, to: number): number {
  const hours = digitsAt(buf, at, to - at);
  return at < to && hours < 24 ? hours * hourUs : Number.NaN;
}

/** `HH:MM` */
function shortClockUs(buf: Uint8Array, at: number): number {
  const hours = digitsAt(buf, at, 2);
  const minutes = digitsAt(buf, at + 3, 2);
  return hours < 24 && minutes < 60 && buf[at + 2] === colon
    ? hours * hourUs + minutes * minuteUs
    : Number.NaN;
}
