import type * as z from 'zod';
import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';

/** Something that is chosen by a name and set by parameters: a topology, a fault, a way to retry. */
export interface Named {
  readonly name: string;
  readonly params: z.ZodObject;
}

/** A choice, checked; plain data. */
export interface Chosen {
  readonly name: string;
  /** As they were given: what a label shows. */
  readonly given: Readonly<Record<string, unknown>>;
  /** With all defaults. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** A record whose field `kind` names one of `list` and whose other fields are its parameters. Throws UsageError. */
export function chosenOf(
  what: string,
  list: readonly Named[],
  name: string,
  given: Readonly<Record<string, unknown>>,
): Chosen {
  const found = list.find((candidate) => candidate.name === name);
  if (!found) {
    const names = list.map((candidate) => candidate.name);
    throw new UsageError(
      `no ${what} is called "${name}";${didYouMean(name, names)} there are ${names.join(', ')}`,
    );
  }
  const parsed = found.params.safeParse(given);
  if (parsed.success) return { name, given, params: parsed.data };
  throw new UsageError(parsed.error.issues.map((issue) => settingMessage(found, issue)).join('\n'));
}

function settingMessage({ name, params }: Named, issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${name}: ${issue.path.join('.')}: ${issue.message}`;
  const known = Object.keys(params.shape);
  const hint = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return `${name}: no setting is called ${issue.keys.map((key) => `"${key}"`).join(', ')};${didYouMean(issue.keys[0], known)} ${hint}`;
}
