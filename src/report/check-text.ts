/** What was expected of a run and what was seen, for a terminal or the log of a job. */
import type { Check, RunResult } from '../sim/result.ts';
import { textOf } from './blocks.ts';
import { subjectOf } from './checks.ts';
import { safeText } from './safe-text.ts';
import { padEnd } from './table.ts';
import type { TextOptions } from './text.ts';
import { counted } from './words.ts';

/** One line when all checks hold, else each broken one: what was expected, what was seen, how to see it again. */
export function renderChecks(result: RunResult, { ascii = false }: Pick<TextOptions, 'ascii'> = {}): string {
  const checks = result.checks ?? [];
  const broken = checks.filter(({ passed }) => !passed);
  const notes = result.notes.map((note) => `note  ${safeText(note)}`);
  const blocks = [[headline(result, checks.length, broken.length)], ...groups(broken).map(linesOf), notes];
  return textOf(blocks, ascii);
}

function headline({ scenario, seed, partial }: RunResult, all: number, broken: number): string {
  const name = `${safeText(scenario.name)}, seed ${seed}${partial ? ' (partial: the run was interrupted)' : ''}`;
  if (all === 0) return `${name}: nothing was checked`;
  if (broken === 0) return `${name}: ${all === 1 ? '1 check holds' : `all ${counted(all, 'check')} hold`}`;
  return `${name}: ${broken} of ${counted(all, 'check')} broken`;
}

/** Checks of one row that one command shows again stand together, in the order in which they come. */
function groups(checks: readonly Check[]): Check[][] {
  const alike = new Map<string, Check[]>();
  for (const check of checks) {
    const key = JSON.stringify([subjectOf(check), check.reproduce]);
    alike.set(key, [...(alike.get(key) ?? []), check]);
  }
  return [...alike.values()];
}

function linesOf(checks: readonly Check[]): string[] {
  const fieldWidth = Math.max(...checks.map(({ field }) => field.length));
  const expectedWidth = Math.max(...checks.map(({ expected }) => safeText(expected).length));
  return [
    subjectOf(checks[0]),
    ...checks.map(({ field, expected, seen }) => {
      const wish = `expected ${padEnd(safeText(expected), expectedWidth)}  seen ${safeText(seen)}`;
      return `  ${padEnd(safeText(field), fieldWidth)}  ${wish}`;
    }),
    `  reproduce: ${safeText(checks[0].reproduce)}`,
  ];
}
