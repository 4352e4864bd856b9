/** The comparison for a pull request, a wiki or a job summary (GitHub flavoured Markdown). */
import { markdownTable } from 'markdown-table';
import stringWidth from 'string-width';
import type { AlgorithmResult, Check, RunResult } from '../sim/result.ts';
import { checksInWords, nameOfCheck } from './checks.ts';
import { classTable } from './clients.ts';
import { columnsFor, type FigureTab, figureTabsOf } from './columns/index.ts';
import { faultTables } from './faults.ts';
import { type Fact, factsOf } from './header.ts';
import { code, codeBlock, escaped, folded, list } from './markdown-text.ts';
import { markSigns } from './marks.ts';
import { overviewOfRuns, runsInWords, runsLegend } from './over-runs.ts';
import { recommendation } from './recommendation.ts';
import type { RowTable } from './row-table.ts';
import { labelOf } from './rows.ts';
import { safeText } from './safe-text.ts';
import { type TableColumn, tableOf } from './table.ts';
import { verdictsOf } from './verdict.ts';
import { counted } from './words.ts';

/** Characters that a comment of a pull request takes; GitHub refuses a longer one as a whole. */
const mostCharacters = 65_536;

const mostChecks = 50;

/** What matters most stands first, since what is over the size of a comment is left out, with a word about it. */
export function renderMarkdown(result: RunResult): string {
  const { results, scenario, checks = [] } = result;
  return within(mostCharacters, [
    `# Rate limiters compared: ${escaped(safeText(scenario.name))}`,
    ...(result.partial ? ['**Partial: the run was interrupted.**'] : []),
    ...(checks.length === 0 ? [] : checkBlocks(checks)),
    ...choiceBlocks(result),
    ...overview(result),
    ...wordBlocks(result),
    ...overRunsBlocks(result),
    ...(results.length === 0
      ? []
      : figureTabsOf(results)
          .slice(1)
          .map((tab) => folded(tab, figures(tab, results)))),
    ...classBlocks(results),
    ...faultBlocks(results),
    folded(
      'How it was run',
      list([...factsOf(result).map(factLine), `**version:** ${escaped(safeText(result.version))}`]),
    ),
  ]);
}

/** As many blocks as fit, in order; the first always does. */
function within(most: number, blocks: readonly string[]): string {
  const room = most - 200; // for the last words
  const kept = blocks.filter((_, at) => joined(blocks.slice(0, at + 1)).length <= room);
  if (joined(blocks).length <= most) return joined(blocks);
  const rest = counted(blocks.length - kept.length, 'part');
  return joined([
    ...kept,
    `**${rest} left out:** a comment may have ${most} characters. The JSON has all figures.`,
  ]);
}

function joined(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

/** How many checks hold, and of the broken ones the first in full. */
function checkBlocks(checks: readonly Check[]): string[] {
  const broken = checks.filter(({ passed }) => !passed);
  if (broken.length === 0) return [`✓ ${checksInWords(checks)}`];
  const shown = broken.slice(0, mostChecks);
  const lines = shown.map((check) =>
    [nameOfCheck(check), safeText(check.expected), safeText(check.seen)].map(escaped),
  );
  const rest = broken.length - shown.length;
  return [
    `✗ **${checksInWords(checks)}**`,
    aligned([['check', 'expected', 'seen'], ...lines], ['l', 'l', 'l']),
    ...(rest === 0 ? [] : [`and ${rest} more`]),
    'To see them again:',
    codeBlock([...new Set(shown.map(({ reproduce }) => safeText(reproduce)))], 'sh'),
  ];
}

function choiceBlocks(result: RunResult): string[] {
  const choice = recommendation(result).map(escaped);
  return choice.length > 0 ? ['## Which one?', list(choice)] : [];
}

function overview({ results }: RunResult): string[] {
  if (results.length === 0) return ['No algorithm was compared.'];
  const { best, worst } = markSigns;
  const legend = `${best} best and ${worst} worst of a column, where there is a difference.`;
  return ['## Overview', figures('Overview', results), legend];
}

function wordBlocks(result: RunResult): string[] {
  const verdicts = verdictsOf(result).map(
    ({ row, verdict }) => `**${escaped(labelOf(row))}** ${escaped(verdict)}`,
  );
  return verdicts.length > 0 ? ['## In words', list(verdicts)] : [];
}

function overRunsBlocks(result: RunResult): string[] {
  const words = runsInWords(result);
  if (words === undefined) return [];
  return [
    '## Over several runs',
    `${words}.`,
    table(overviewOfRuns(result.results), result.results),
    `${runsLegend}.`,
  ];
}

function figures(tab: FigureTab, rows: readonly AlgorithmResult[]): string {
  return table(tableOf(columnsFor(tab, rows), rows), rows);
}

function table(columns: readonly TableColumn[], rows: readonly AlgorithmResult[]): string {
  const lines = rows.map((row, at) => [
    escaped(labelOf(row)),
    ...columns.map(({ cells }) => {
      const { text, mark } = cells[at];
      return escaped(text) + (mark === undefined ? '' : ` ${markSigns[mark]}`);
    }),
  ]);
  const align = ['l', ...columns.map(() => 'r')];
  return aligned([['', ...columns.map(({ column }) => column.title)], ...lines], align);
}

function classBlocks(rows: readonly AlgorithmResult[]): string[] {
  const classes = classTable(rows);
  return classes ? [folded(classes.title, rowTable(classes))] : [];
}

function faultBlocks(rows: readonly AlgorithmResult[]): string[] {
  const blocks = faultTables(rows).flatMap((fault) => [`**${escaped(fault.title)}**`, rowTable(fault)]);
  return blocks.length === 0 ? [] : [folded('Faults', blocks.join('\n\n'))];
}

function rowTable({ head, lines }: RowTable): string {
  const cells = [['', ...head], ...lines.map(({ row, cells }) => [labelOf(row), ...cells])];
  return aligned(
    cells.map((line) => line.map(escaped)),
    ['l', ...head.map(() => 'r')],
  );
}

function aligned(lines: readonly (readonly string[])[], align: string[]): string {
  return markdownTable(lines, { align, stringLength: (text) => stringWidth(text) });
}

function factLine({ name, text, quoted }: Fact): string {
  return `**${name}:** ${quoted ? code(text) : escaped(text)}`;
}
