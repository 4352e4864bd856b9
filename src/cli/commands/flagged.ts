/** How the values of flags are read. */
import { UsageError } from '../../errors.ts';
import { parseCount } from '../../units.ts';

/** Runs a parser on the value of a flag, so that its message names the flag. */
export function flagged<Value, T>(flag: string, value: Value, parse: (value: Value) => T): T {
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${flag}: ${error.message}`);
    throw error;
  }
}

/** A count above 0. Throws UsageError. */
export function parsePositive(text: string): number {
  const count = parseCount(text);
  if (count === 0) throw new UsageError('0 is too few; write 1 or more');
  return count;
}
