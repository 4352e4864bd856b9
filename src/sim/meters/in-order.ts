/** The first of the ascending times, from row `from` on, that is not before `untilUs`; `length` when all are. */
export function firstNotBefore(timesUs: Float64Array, from: number, length: number, untilUs: number): number {
  let step = 1;
  let low = from; // every time before it is before `untilUs`
  while (low + step <= length && timesUs[low + step - 1] < untilUs) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesUs[middle] < untilUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
