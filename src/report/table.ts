/** The comparison as lines of aligned text; the text report and the screen show the same ones. */
import stringWidth from 'string-width';
import type { AlgorithmResult } from '../sim/result.ts';
import { type Column, columnsOf } from './columns/index.ts';
import { type Mark, markSigns, marksOf } from './marks.ts';
import type { Paint } from './paint.ts';
import { labelOf, shortestLabel } from './rows.ts';

export interface Cell {
  readonly text: string;
  readonly mark: Mark | undefined;
}

/** One figure of every row, with the room that it takes. */
export interface TableColumn {
  readonly column: Column;
  readonly cells: readonly Cell[];
  readonly width: number;
}

const noFigure = '–';
const essentials = 7; // figures of the Overview that are worth cutting long names for

export function tableOf(columns: readonly Column[], rows: readonly AlgorithmResult[]): TableColumn[] {
  return columns.map((column) => tableColumn(column, cellsOf(column, rows)));
}

export function tableColumn(column: Column, cells: readonly Cell[]): TableColumn {
  const texts = [...column.heading, ...cells.map(({ text }) => text + slot(column))];
  return { column, cells, width: Math.max(...texts.map((text) => stringWidth(text))) };
}

export function cellsOf(column: Column, rows: readonly AlgorithmResult[]): Cell[] {
  const values = rows.map(column.read);
  const marks = marksOf(column, values);
  return values.map((value, row) => ({
    text: value === null ? noFigure : column.format(value),
    mark: marks[row],
  }));
}

/** What the columns take to the right of the names. */
export function widthOf(table: readonly TableColumn[]): number {
  return table.reduce((sum, { width }) => sum + width + 1, 0);
}

/** Room for the names: all that they want, as long as the first figures of the Overview fit beside them. */
export function labelWidthOf(rows: readonly AlgorithmResult[], width: number): number {
  const longest = Math.max(...rows.map((row) => stringWidth(labelOf(row))));
  const essential = widthOf(tableOf(columnsOf.Overview.slice(0, essentials), rows));
  return Math.min(longest, Math.max(shortestLabel, width - essential));
}

/** As many of the columns, in order, as fit into `room`; at least one. */
export function fitting(table: readonly TableColumn[], room: number): TableColumn[] {
  const tooMany = table.findIndex((_, at) => widthOf(table.slice(0, at + 1)) > room);
  return tooMany < 0 ? [...table] : table.slice(0, Math.max(1, tooMany));
}

/** The columns one after another in tables that fit. */
export function pages(table: readonly TableColumn[], room: number): TableColumn[][] {
  if (table.length === 0) return [];
  const first = fitting(table, room);
  return [first, ...pages(table.slice(first.length), room)];
}

/** The two lines of headings. */
export function headLines(table: readonly TableColumn[], labelWidth: number): string[] {
  const indent = ' '.repeat(labelWidth);
  return [0, 1].map((line) =>
    [indent, ...table.map(({ column, width }) => padStart(column.heading[line], width))].join(' '),
  );
}

export function rowLine(
  table: readonly TableColumn[],
  row: number,
  label: string,
  labelWidth: number,
  paint: Paint,
): string {
  return [padEnd(label, labelWidth), ...table.map((column) => cellText(column, row, paint))].join(' ');
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
}

function cellText({ column, cells, width }: TableColumn, row: number, paint: Paint): string {
  const { text, mark } = cells[row];
  if (mark === undefined) return padStart(text + slot(column), width);
  return paint[mark](padStart(text + markSigns[mark], width));
}

/** The place of a mark in columns that can have one. */
function slot({ better }: Column): string {
  return better === undefined ? '' : ' ';
}
