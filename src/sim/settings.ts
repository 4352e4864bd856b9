import type * as z from 'zod';
import { noneCalled } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { spellField } from '../fields.ts';

/** Something that is chosen by a name and set by parameters: an algorithm, a topology, a fault, a way to retry. */
export interface Named<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly params: Schema;
}

/**
 * The parameters with all defaults. `word` is what messages call one of them. Throws UsageError with a line for each that
 * does not exist or has a wrong value.
 */
export function checkedParams<Schema extends z.ZodObject>(
  { name, params: schema }: Named<Schema>,
  given: Readonly<Record<string, unknown>>,
  word: string,
): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, Object.keys(schema.shape), word));
  throw new UsageError(problems.map((problem) => `${name}: ${problem}`).join('\n'));
}

function problemsOf(issue: z.core.$ZodIssue, known: readonly string[], word: string): string[] {
  if (issue.code !== 'unrecognized_keys') return [`${spellField(issue.path)}${issue.message}`];
  const thereAre = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return issue.keys.map((key) => noneCalled(word, key, known, thereAre));
}
