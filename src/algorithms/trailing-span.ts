/**
 * Questions about the entries that the selected key of a log has in a span which ends now: (now − spanUs, now]. What is asked
 * most, whether their units exceed a number, is answered without looking for the start of the span, by the instant of the
 * one entry that would have to be older.
 */
import type { KeyLog } from './key-log.ts';

/**
 * From when on `units` more fit into a span that holds at most `most`, if nothing is pushed before. -Infinity when they fit
 * even with all entries in it, Infinity when they never do.
 */
export function freeAtUs(log: KeyLog, spanUs: number, most: number, units: number): number {
  if (log.units + units <= most) return Number.NEGATIVE_INFINITY;
  if (units > most) return Number.POSITIVE_INFINITY;
  return log.instantUs(lastToGo(log, most - units)) + spanUs;
}

/**
 * The same for 1 unit more in a log of units of which the columns are at hand, counted from the key's base. The entry that
 * must leave first is `most` before the next.
 */
export function freeSinceBaseUs(
  sinceBaseUs: Uint32Array | Float64Array,
  block: number,
  mask: number,
  entries: number,
  end: number,
  spanUs: number,
  most: number,
): number {
  return entries < most ? Number.NEGATIVE_INFINITY : sinceBaseUs[block + ((end - most) & mask)] + spanUs;
}

/**
 * The newest entry that must go so that the ones after it, those before `end`, are of at most `units` together. There must
 * be one: all entries before `end` are of more.
 */
export function lastToGo(log: KeyLog, units: number, end = log.end): number {
  if (log.ofUnits) return end - units - 1;
  const unitsAfter = log.unitsFrom(end);
  let low = log.start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.unitsFrom(middle + 1) - unitsAfter <= units) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first ordinal at or after `from` whose instant is after `instantUs`; near ones are found soonest. */
export function firstAfter(log: KeyLog, from: number, instantUs: number): number {
  let low = from;
  let step = 1;
  while (low + step <= log.end && log.instantUs(low + step - 1) <= instantUs) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, log.end);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.instantUs(middle) <= instantUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first entry from `from` on with which its span holds more than `most` units; `end` when there is none. */
export function firstExceeding(log: KeyLog, spanUs: number, most: number, from: number): number {
  if (!log.ofUnits) return firstExceedingMixed(log, spanUs, most, from);
  const { sinceBaseUs, block, mask, end } = log;
  for (let last = Math.max(from, log.start + most); last < end; last++) {
    if (sinceBaseUs[block + (last & mask)] - sinceBaseUs[block + ((last - most) & mask)] < spanUs)
      return last;
  }
  return end;
}

function firstExceedingMixed(log: KeyLog, spanUs: number, most: number, from: number): number {
  const unitsBefore = (ordinal: number) => log.units - log.unitsFrom(ordinal);
  let oldest = log.start - 1; // the newest that must go so that those after it, up to `last`, are of at most `most`
  if (unitsBefore(from + 1) > most) oldest = lastToGo(log, most, from + 1);
  for (let last = from; last < log.end; last++) {
    while (unitsBefore(last + 1) - unitsBefore(oldest + 1) > most) oldest++;
    if (oldest >= log.start && log.instantUs(oldest) > log.instantUs(last) - spanUs) return last;
  }
  return log.end;
}
