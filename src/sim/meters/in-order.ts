/** The first of the ascending times or keys, from row `from` on, that is not below `until`; `length` when all are. */
export function firstNotBelow(
  ascending: Float64Array | Uint32Array,
  from: number,
  length: number,
  until: number,
): number {
  let step = 1;
  let low = from; // every row before it is below
  while (low + step <= length && ascending[low + step - 1] < until) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first row after `from` of another key, where keys ascend; `length` when there is none. (`runEnd` needs no order, and looks at each row.) */
export function endOfKey(key: Uint32Array, from: number, length: number): number {
  return firstNotBelow(key, from + 1, length, key[from] + 1);
}
