import { UsageError } from '../errors.ts';
import type { ArrivalSource } from '../traffic/source.ts';
import { profileNames } from './profiles/index.ts';
import type { Rule } from './rule.ts';
import { findAlgorithm, type Selection, validParams } from './selection.ts';

/** Leaves out, with a note that says why, what cannot decide about this traffic or under these limits. Throws UsageError when nothing is left. */
export function fittingRows(
  selections: readonly Selection[],
  source: ArrivalSource,
  rules: readonly Rule[],
): { readonly selections: readonly Selection[]; readonly notes: readonly string[] } {
  const reasons = selections.map((selection) => whyNot(selection, source, rules));
  const able = selections.filter((_, at) => reasons[at] === undefined);
  const notes = [...new Set(reasons.filter((reason) => reason !== undefined))];
  if (able.length === 0) throw new UsageError(notes.join('\n'));
  return { selections: able, notes: notes.map((note) => `Left out: ${note}.`) };
}

/** Why a row cannot be: a reason to leave it out. A parameter that the user chose and that cannot be is an error. */
function whyNot(
  { algorithm: name, variant, params }: Selection,
  source: ArrivalSource,
  rules: readonly Rule[],
) {
  const algorithm = findAlgorithm(name);
  if (algorithm.needsDurations && !source.hasDurations) {
    return `${name} needs to know how long requests take, and this traffic does not say`;
  }
  if (algorithm.holdsBack && rules.length > 1 && rules.some(({ per }) => per !== 'key')) {
    return `${name} under limits that keys share: requests of different keys would overtake each other while they are held back`;
  }
  try {
    for (const { quota } of rules) algorithm.create(quota, validParams(algorithm, params), { epochUs: 0 });
    return undefined;
  } catch (error) {
    const isVariant = algorithm.variants.some((known) => known.name === variant);
    if (!(error instanceof UsageError)) throw error;
    if (isVariant) return `${name} with ${variant}: ${error.message}`;
    if (profileNames.includes(name)) return `${name}: ${error.message}`;
    throw error;
  }
}
