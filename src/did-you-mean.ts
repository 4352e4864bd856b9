import { closest, distance } from 'fastest-levenshtein';
import { UsageError } from './errors.ts';

const mostNamed = 4;

/**
 * `no policy is called "fixd"; did you mean "fixed"? there are none, fixed`. `whatElse` stands where all names would, for
 * those that are too many to list.
 */
export function noneCalled(
  what: string,
  given: string,
  names: readonly string[],
  whatElse = `there are ${names.join(', ')}`,
): string {
  return `no ${what} is called "${given}";${didYouMean(given, names)} ${whatElse}`;
}

/** The one of the names that was given. Throws UsageError, which is `noneCalled`. */
export function oneOf<const Name extends string>(
  what: string,
  given: string,
  names: readonly Name[],
  whatElse?: string,
): Name {
  const known = names.find((name) => name === given);
  if (known !== undefined) return known;
  throw new UsageError(noneCalled(what, given, names, whatElse));
}

/** ` did you mean "gcra"?` when one of the names is near enough to be meant, or some go on from what was given; else nothing. */
export function didYouMean(given: string, names: readonly string[]): string {
  if (names.length === 0 || given === '') return '';
  const longer = names.filter((name) => name.startsWith(given)).slice(0, mostNamed);
  if (longer.length > 0) return ` did you mean ${longer.map((name) => `"${name}"`).join(' or ')}?`;
  const nearest = closest(given, names);
  return distance(given, nearest) <= Math.max(2, nearest.length / 3) ? ` did you mean "${nearest}"?` : '';
}
