import { textOf } from '../report/blocks.ts';
import { subjectOf } from '../report/checks.ts';
import { safeText } from '../report/safe-text.ts';
import { padEnd } from '../report/table.ts';
import type { TextOptions } from '../report/text.ts';
import { counted } from '../report/words.ts';
import { spellFigure } from '../sim/figure.ts';
import { formatDuration } from '../units.ts';
import type { FigureChange, RunDiff } from './diff.ts';

/** The changes that matter, row by row; the others are counted. */
export function renderDiff(
  { unlike, only_before, only_after, changes }: RunDiff,
  { ascii = false }: Pick<TextOptions, 'ascii'> = {},
): string {
  const blocks = [
    unlike.map(({ fact, before, after }) => `${padEnd(fact, 10)}${safeText(before)} -> ${safeText(after)}`),
    ...groups(changes.filter(({ matters }) => matters === 'yes')).map(groupLines),
    [
      ...only_before.map((label) => `${label}: only in the first run`),
      ...only_after.map((label) => `${label}: only in the second run`),
    ],
    closing({ unlike, changes }),
  ];
  return textOf(blocks, ascii) || 'Nothing changed.\n';
}

/** Changes of one row after another, as they come. */
function groups(changes: readonly FigureChange[]): FigureChange[][] {
  const byRow = new Map<string, FigureChange[]>();
  for (const change of changes) {
    const row = subjectOf(change);
    byRow.set(row, [...(byRow.get(row) ?? []), change]);
  }
  return [...byRow.values()];
}

function groupLines(changes: readonly FigureChange[]): string[] {
  const width = Math.max(...changes.map(({ field }) => field.length));
  return [
    subjectOf(changes[0]),
    ...changes.map((change) => `  ${padEnd(change.direction, 7)} ${lineOf(change, width)}`),
  ];
}

function lineOf({ field, before, after, change }: FigureChange, width: number): string {
  const share = change === null ? '' : `  ${change > 0 ? '+' : ''}${Number((change * 100).toPrecision(3))}%`;
  return `${padEnd(field, width)}  ${spell(field, before)} -> ${spell(field, after)}${share}`;
}

function spell(field: string, value: number | null): string {
  if (value === null) return 'nothing';
  if (field.endsWith('_us')) return value === 0 ? '0' : formatDuration(value);
  return spellFigure(field, Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

function closing({ unlike, changes }: Pick<RunDiff, 'unlike' | 'changes'>): string[] {
  const count = (wanted: FigureChange['matters']) =>
    changes.filter(({ matters }) => matters === wanted).length;
  const [small, unknown] = [count('no'), count('unknown')];
  const chance = unlike.some(({ fact, before }) => fact === 'seeds' && !before.includes(','));
  return [
    ...(chance ? ['The seeds differ, so a change may be chance; --runs 5 in both tells'] : []),
    ...(small === 0
      ? []
      : [
          `${counted(small, 'change')} without weight: below 1 %, or no more than runs differ among themselves`,
        ]),
    ...(unknown === 0
      ? []
      : [
          `${counted(unknown, 'figure')} measured in too few runs to tell a change from noise; --runs 5 in both tells`,
        ]),
  ];
}
