/**
 * The order that sorts `times[0, length)`, stable: natural merge sort on row numbers. It first finds the runs that are
 * in order already and merges neighbours until one is left, so that a nearly sorted log costs little more than a look.
 */
export function sortedOrder(times: Float64Array, length: number): Uint32Array {
  let order = new Uint32Array(length);
  for (let row = 0; row < length; row++) order[row] = row;
  let starts = runStarts(times, length);
  let spare = new Uint32Array(length);
  while (starts.length > 2) {
    const merged: number[] = [0];
    for (let run = 0; run < starts.length - 1; run += 2) {
      const end = starts[Math.min(run + 2, starts.length - 1)];
      mergeRuns(times, order, spare, starts[run], starts[run + 1], end);
      merged.push(end);
    }
    [order, spare] = [spare, order];
    starts = merged;
  }
  return order;
}

/** Where each ascending run begins, and the end of the last. */
function runStarts(times: Float64Array, length: number): number[] {
  const starts = [0];
  for (let row = 1; row < length; row++) if (times[row] < times[row - 1]) starts.push(row);
  starts.push(length);
  return starts;
}

/** Merges the rows in `from[start, middle)` and `from[middle, end)` into `into`; equal times keep the left one first. */
function mergeRuns(
  times: Float64Array,
  from: Uint32Array,
  into: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = left < middle && (right >= end || times[from[left]] <= times[from[right]]);
    into[at] = takeLeft ? from[left++] : from[right++];
  }
}
