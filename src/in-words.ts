import * as z from 'zod';
import { didYouMean } from './did-you-mean.ts';

const shownChars = 60;

/** What a value of each kind is called, and how one is written. */
const kinds: Partial<Record<string, string>> = {
  array: 'a list; write one such as [a, b]',
  object: 'a set of fields; write one such as {name: value}',
  record: 'a set of fields; write one such as {name: value}',
  string: 'a text; write one',
  number: 'a number; write one such as 10',
  int: 'a whole number; write one such as 10',
  boolean: 'a choice; write true or false',
};

/**
 * Messages of schemas that say nothing of their own: what was given, what is wanted, what to write. To be set with
 * `z.config({ customError: inWords })`.
 */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && kinds[issue.expected] !== undefined)
    return `${given(issue.input)} ${kinds[issue.expected]}`;
  if (issue.code === 'invalid_value') return notOneOf(issue.input, issue.values.map(String));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => noSuchField(key, issue)).join('\n');
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return `${shown(issue.input)} is too large; write ${issue.maximum} or less`;
  if (issue.code === 'invalid_key') return issue.issues[0].message;
  if (issue.code === 'invalid_union') return `${given(issue.input)} any of what can stand here`;
  return undefined;
}

/** A line for each field that the object has and its schema has not. */
function noSuchField(name: string, { inst }: z.core.$ZodRawIssue): string {
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  return `there is no field "${name}";${didYouMean(name, known)} remove it or correct its name`;
}

function given(input: unknown): string {
  return input === undefined ? 'is missing; it is' : `${shown(input)} is not`;
}

/** A value as it is told of, cut where it is long; JSON has no word for infinity. */
export function shown(input: unknown): string {
  const text = typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? String(input));
  return text.length <= shownChars ? text : `${text.slice(0, shownChars)}…`;
}

/** A number, or how many a list has. */
function tooSmall({
  input,
  minimum,
  inclusive = true,
}: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (typeof input !== 'number') return `is too short; write at least ${minimum}`;
  return `${shown(input)} is too small; write ${inclusive ? `${minimum} or more` : `one above ${minimum}`}`;
}

function notOneOf(input: unknown, names: readonly string[]): string {
  const list = names.length === 1 ? names[0] : `one of ${names.join(', ')}`;
  if (input === undefined) return `is missing; write ${list}`;
  const hint = typeof input === 'string' ? didYouMean(input, names) : '';
  return `${shown(input)} is not known;${hint} write ${list}`;
}
