import type { TimeUnit } from '../time/epoch.ts';
import { TimeReader } from '../time/reader.ts';
import type { Columns } from './pick.ts';

const fewestSteps = 2;

/** The fields of a time, and what its numbers are. */
interface Timed {
  readonly time: readonly string[];
  readonly timeUnit: TimeUnit | undefined;
}

/** The smallest distance between stamps, when every other one is a multiple of it; a minute for a single stamp. */
export function stepOf(
  columns: Columns,
  time: readonly string[],
  timeUnit: TimeUnit | undefined,
): number | undefined {
  const sorted = [...new Set(stampsOf(columns, time, timeUnit).filter(Number.isFinite))].sort(
    (a, b) => a - b,
  );
  if (sorted.length === 0) return undefined;
  if (sorted.length === 1) return 60e6;
  const gaps = gapsOf(sorted);
  const step = gaps.reduce((least, gap) => Math.min(least, gap));
  return gaps.every((gap) => gap % step === 0) ? step : undefined;
}

/** The distance of each stamp from the one before it, when it is the same nearly everywhere. */
export function evenStepOf(columns: Columns, { time, timeUnit }: Timed): number | undefined {
  const gaps = gapsOf(stampsOf(columns, time, timeUnit));
  const [step] = gaps;
  return step > 0 && nearlyAllAre(step, gaps) ? step : undefined;
}

/** The step at which each of several keys has a row, nearly everywhere. */
export function gridStepOf(
  columns: Columns,
  { time, timeUnit, key }: { readonly key: string } & Timed,
): number | undefined {
  const stamps = stampsOf(columns, time, timeUnit);
  const steps = [...new Set(stamps)].sort((a, b) => a - b);
  const keys = new Set(columns.values(key));
  const isFull = keys.size > 1 && stamps.length >= steps.length * keys.size * 0.9;
  const gaps = gapsOf(steps);
  return isFull && nearlyAllAre(gaps[0], gaps) ? gaps[0] : undefined;
}

/** Whether at least two steps are this one, and few are others. */
export function nearlyAllAre(stepUs: number, gaps: readonly number[]): boolean {
  const even = gaps.filter((gap) => gap === stepUs).length;
  return gaps.length >= fewestSteps && even >= gaps.length * 0.9;
}

/** The times of rows, in microseconds since 1970; NaN where there is none. */
export function stampsOf(
  { values }: Columns,
  time: readonly string[],
  timeUnit: TimeUnit | undefined,
): number[] {
  const parts = time.map(values);
  const reader = new TimeReader(timeUnit);
  return (parts[0] ?? []).map((_, row) => {
    const bytes = Buffer.from(parts.map((part) => part[row]).join(' '));
    return reader.us(bytes, 0, bytes.length);
  });
}

/** The distance of each stamp from the one before it. */
export function gapsOf(stamps: readonly number[]): number[] {
  return stamps.slice(1).map((us, index) => us - stamps[index]);
}
