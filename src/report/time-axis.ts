/** Marks of time below a chart. */
import { instant } from './figures.ts';

const second = 1e6;
const stepsUs = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600,
  43_200, 86_400, 172_800, 604_800,
].map((seconds) => seconds * second);
const columnsPerMark = 14;

/** The distance between marks: a round one, and at least so many columns that their text fits. */
function stepOf(durationUs: number, width: number): number {
  const least = (durationUs * columnsPerMark) / width;
  return stepsUs.find((us) => us >= least) ?? Math.ceil(least / stepsUs.at(-1)!) * stepsUs.at(-1)!;
}

/** Round instants of a run, few enough for their texts to fit into `width` letters. */
export function timeMarks(durationUs: number, width: number): number[] {
  const stepUs = stepOf(durationUs, width);
  return Array.from({ length: Math.ceil(durationUs / stepUs) }, (_, at) => at * stepUs);
}

/** A line of `width` columns such as `0:00      1:00      2:00`; each text starts at its instant. */
export function timeAxis(durationUs: number, width: number): string {
  let line = '';
  for (const atUs of timeMarks(durationUs, width)) {
    const column = Math.round((atUs / durationUs) * width);
    const text = instant(atUs);
    if (column + text.length <= width) line = line.padEnd(column) + text;
  }
  return line;
}
