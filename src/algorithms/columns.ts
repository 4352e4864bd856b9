/** Typed arrays that grow with the number of keys. */

type Column = Float64Array | Uint32Array | Uint8Array;

/** `column` itself when it has room for `length`, else a copy of at least twice its size, filled up with `fill`. */
export function grown<T extends Column>(column: T, length: number, fill = 0): T {
  if (length <= column.length) return column;
  const make = column.constructor as new (length: number) => T; // the same kind as `column`, which TypeScript cannot say
  const larger = new make(Math.max(length, column.length * 2));
  larger.set(column);
  if (fill !== 0) larger.fill(fill, column.length);
  return larger;
}
