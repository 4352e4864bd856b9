/** Typed arrays that grow with the number of keys. */

type Column = Float64Array | Uint32Array | Uint8Array;

/**
 * A column that outgrows the first size is given the second at once: memory that is not touched costs nothing, and the
 * smaller copies on the way there would all wait for the garbage collector.
 */
const small = 2 ** 16;
const roomy = 2 ** 22;

/** `column` itself when it has room for `length`, else a larger copy, filled up with `fill`. */
export function grown<T extends Column>(column: T, length: number, fill = 0): T {
  if (length <= column.length) return column;
  const make = column.constructor as new (length: number) => T; // the same kind as `column`, which TypeScript cannot say
  const larger = new make(
    length > small ? Math.max(roomy, length, column.length * 2) : Math.max(length, column.length * 2),
  );
  larger.set(column);
  if (fill !== 0) larger.fill(fill, column.length);
  return larger;
}
