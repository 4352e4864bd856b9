import { noneCalled } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { checkedParams, type Named } from '../settings.ts';

/** A choice, checked; plain data. */
export interface Chosen {
  readonly name: string;
  /** As they were given: what a label shows. */
  readonly given: Readonly<Record<string, unknown>>;
  /** With all defaults. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** The one of `list` that is called `name`, with the settings that are given. `what`: the word for one of them. Throws UsageError. */
export function chosenOf(
  what: string,
  list: readonly Named[],
  name: string,
  given: Readonly<Record<string, unknown>>,
): Chosen {
  const found = list.find((candidate) => candidate.name === name);
  if (found) return { name, given, params: checkedParams(found, given, 'setting') };
  const names = list.map((candidate) => candidate.name);
  throw new UsageError(noneCalled(what, name, names));
}
