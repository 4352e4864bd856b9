/**
 * How a figure is spelled in a table cell: three significant digits, the unit in the heading where it can stand there.
 * A rounding never hides that a bound was missed: 1.0004 is `>1×`, 0.99999 is `>99.9`, never a plain 1 or 100.
 */
import { formatDuration } from '../units.ts';

/** A ratio as percent, the sign left to the heading: `33.3`, `0.012`, `<0.001`, `>99.9`. */
export function percent(ratio: number): string {
  const spelled = significant(ratio * 100);
  if (ratio > 0 && ratio < 1e-5) return '<0.001';
  if (ratio < 1 && spelled === '100') return '>99.9';
  return spelled;
}

/** A multiple of the limit: `1.98×`, `>1×`. */
export function times(ratio: number): string {
  const spelled = significant(ratio);
  if (spelled !== '1' || ratio === 1) return `${spelled}×`;
  return ratio > 1 ? '>1×' : '<1×';
}

/** An index from 0 to 1, three decimals: `0.987`, `>0.999`. */
export function index(value: number): string {
  if (value === 1) return '1';
  return value > 0.9995 ? '>0.999' : value.toFixed(3);
}

/** A span of time: `0`, `59.4 s`, `250 ms`. */
export function span(us: number): string {
  return us === 0 ? '0' : formatDuration(us);
}

/** An instant of the run: `0:59.999`, `1:02:03`; whole milliseconds, cut off. */
export function instant(us: number): string {
  const ms = Math.floor(us / 1e3);
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3600e3),
    Math.floor(ms / 60e3) % 60,
    Math.floor(ms / 1e3) % 60,
  ];
  const clock = hours > 0 ? `${hours}:${twoDigits(minutes)}` : String(minutes);
  const fraction = ms % 1e3 === 0 ? '' : `.${String(ms % 1e3).padStart(3, '0')}`;
  return `${clock}:${twoDigits(seconds)}${fraction}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}
