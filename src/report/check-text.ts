/** What was expected of a run and what was seen, for a terminal or the log of a job. */
import type { Check, RunResult } from '../sim/result.ts';
import { toAscii } from './ascii.ts';
import { detailsOf, subjectOf } from './checks.ts';
import { safeText } from './safe-text.ts';
import type { TextOptions } from './text.ts';
import { counted } from './words.ts';

/** One line when all checks hold, else each broken one: what was expected, what was seen, how to see it again. */
export function renderChecks(result: RunResult, { ascii = false }: Pick<TextOptions, 'ascii'> = {}): string {
  const checks = result.checks ?? [];
  const broken = checks.filter(({ passed }) => !passed);
  const lines = [headline(result, checks.length, broken.length), ...broken.flatMap(linesOf)];
  const notes = result.notes.map((note) => `note  ${safeText(note)}`);
  const text = `${[...lines, ...notes].join('\n')}\n`;
  return ascii ? toAscii(text) : text;
}

function headline({ scenario, seed, partial }: RunResult, all: number, broken: number): string {
  const name = `${safeText(scenario.name)}, seed ${seed}${partial ? ' (partial: the run was interrupted)' : ''}`;
  if (all === 0) return `${name}: nothing was checked`;
  if (broken === 0) return `${name}: ${all === 1 ? '1 check holds' : `all ${counted(all, 'check')} hold`}`;
  return `${name}: ${broken} of ${counted(all, 'check')} broken`;
}

function linesOf(check: Check): string[] {
  const details = detailsOf(check).map((line) => `  ${line}`);
  return ['', `${subjectOf(check)}: ${safeText(check.field)}`, ...details];
}
