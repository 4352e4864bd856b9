/** The comparison as plain aligned text, for pipes, CI jobs and the scrollback. */
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { aligned } from './aligned.ts';
import { textOf } from './blocks.ts';
import { classTable } from './clients.ts';
import { columnsFor, type FigureTab, figureTabsOf } from './columns/index.ts';
import { faultHeadings, faultTables } from './faults.ts';
import { headerLines } from './header.ts';
import { markSigns } from './marks.ts';
import { overviewOfRuns, runsInWords, runsLegend } from './over-runs.ts';
import { type Paint, paintWith } from './paint.ts';
import { recommendation } from './recommendation.ts';
import { labelOf, shortestLabel, shortLabels } from './rows.ts';
import {
  fitting,
  headLines,
  labelWidthOf,
  padEnd,
  pages,
  rowLine,
  type TableColumn,
  tableOf,
} from './table.ts';
import { verdictsOf } from './verdict.ts';
import { hanging, wrapped } from './wrap.ts';

export interface TextOptions {
  /** Columns of the terminal or of the page; 80 when not given. */
  readonly width?: number;
  /** Escape sequences for colours. */
  readonly colours?: boolean;
  /** Signs of ASCII only, apart from text that comes from the traffic. */
  readonly ascii?: boolean;
  /** Everything, or only the Overview and which row to take, which fit on one screen. */
  readonly extent?: 'all' | 'overview';
}

/** Ends with a newline. */
export function renderText(result: RunResult, options: TextOptions = {}): string {
  const { width = 80, colours = false, ascii = false, extent = 'all' } = options;
  const paint = paintWith(colours);
  const isWhole = extent === 'all';
  const blocks = [
    headerLines(result, width),
    ...tables(result, isWhole ? figureTabsOf(result.results) : ['Overview'], width, paint),
    legend(result.results),
    ...(isWhole ? details(result, width, paint) : []),
    choice(result, width, paint),
  ];
  return textOf(blocks, ascii);
}

/** What stands between the tables and the choice. */
function details(result: RunResult, width: number, paint: Paint): string[][] {
  return [
    ...overRuns(result, width, paint),
    ...faults(result, width, paint),
    ...classes(result, width, paint),
    words(result, width, paint),
  ];
}

function tables(
  { results: rows, partial }: RunResult,
  tabs: readonly FigureTab[],
  width: number,
  paint: Paint,
): string[][] {
  if (rows.length === 0) return [];
  const labelWidth = labelWidthOf(rows, width);
  const labels = shortLabels(rows, labelWidth);
  return tabs.flatMap((tab) =>
    pagesOf(tab, rows, width - labelWidth).map((page, at) => [
      paint.strong(`${tab.toUpperCase()}${partial ? ' (partial)' : ''}${at === 0 ? '' : ', continued'}`),
      ...headLines(page, labelWidth),
      ...labels.map((label, row) => rowLine(page, row, label, labelWidth, paint)),
    ]),
  );
}

function overRuns(result: RunResult, width: number, paint: Paint): string[][] {
  const heading = runsInWords(result);
  if (heading === undefined) return [];
  const rows = result.results;
  const labelWidth = Math.min(labelWidthOf(rows, width), shortestLabel);
  const labels = shortLabels(rows, labelWidth);
  const tables = pages(overviewOfRuns(rows), width - labelWidth).map((page) => [
    ...headLines(page, labelWidth),
    ...labels.map((label, at) => rowLine(page, at, label, labelWidth, paint)),
  ]);
  return [[paint.strong('OVER SEVERAL RUNS'), ...wrapped(heading, width)], ...tables, [runsLegend]];
}

/** Side by side what fits. What the Overview has no room for stands in its own group, so that it never goes on. */
function pagesOf(tab: FigureTab, rows: readonly AlgorithmResult[], room: number): TableColumn[][] {
  const table = tableOf(columnsFor(tab, rows), rows);
  return tab === 'Overview' ? [fitting(table, room)] : pages(table, room);
}

const faultCell = 8;

/** A table for each fault: what was admitted, and what of it against the contract, before, during and after. */
function faults({ results: rows }: RunResult, width: number, paint: Paint): string[][] {
  const labelWidth = Math.min(labelWidthOf(rows, width), width - faultHeadings.length * faultCell);
  const line = (label: string, cells: readonly string[]) =>
    padEnd(label, labelWidth) + cells.map((cell) => cell.padStart(faultCell)).join('');
  return faultTables(rows).map(({ title, lines }) => {
    const labels = shortLabels(
      lines.map(({ row }) => row),
      labelWidth,
    );
    return [
      `${paint.strong('FAULT')} ${title}`,
      line('', ['', 'admitted', '', '', 'over-', 'admitted']),
      line(
        '',
        faultHeadings.map(({ span }) => span),
      ),
      ...lines.map(({ cells }, at) => line(labels[at], cells)),
    ];
  });
}

/** What of its work each class of clients got done. */
function classes({ results: rows }: RunResult, width: number, paint: Paint): string[][] {
  const table = classTable(rows);
  if (!table) return [];
  const labels = shortLabels(
    rows,
    Math.max(shortestLabel, width - table.head.join('  ').length - 2 * table.head.length),
  );
  const lines = table.lines.map(({ cells }, at) => [labels[at], ...cells]);
  return [[`${paint.strong('CLASSES')} work done`, ...aligned([['', ...table.head], ...lines])]];
}

function legend({ length }: readonly AlgorithmResult[]): string[] {
  const { best, worst } = markSigns;
  return length < 2 ? [] : [`${best} best and ${worst} worst of a column, where there is a difference`];
}

function words(result: RunResult, width: number, paint: Paint): string[] {
  if (result.results.length === 0) return ['No algorithm was compared.'];
  const lines = verdictsOf(result).flatMap(({ row, verdict }) =>
    hanging(`${paint.strong(labelOf(row))}: ${verdict}`, width, 2),
  );
  return [paint.strong('IN WORDS'), ...lines];
}

function choice(result: RunResult, width: number, paint: Paint): string[] {
  const sentences = recommendation(result);
  if (sentences.length === 0) return [];
  return [paint.strong('WHICH ONE?'), ...sentences.flatMap((sentence) => hanging(sentence, width, 2))];
}
