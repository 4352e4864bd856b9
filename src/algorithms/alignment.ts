/**
 * How far into an aligned window of `periodUs` the run's time 0 falls, 0 ≤ alignment < period: the window of an
 * instant starts at `nowUs - (nowUs + alignment) % periodUs`. `epochUs` may lie before 1970.
 */
export function alignmentUs(epochUs: number, periodUs: number): number {
  return ((epochUs % periodUs) + periodUs) % periodUs;
}
