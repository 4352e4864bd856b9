import { isIP } from 'node:net';
import { trimPort } from '../text/numbers.ts';
import { areLevels, nearlyAll, numberOf, onlyField, operations, type Values } from './byvalues.ts';
import { isTimeOfDay } from './header.ts';
import type { Columns } from './pick.ts';

/** The only field of addresses, where no name tells the key. */
export function addressField(columns: Columns): string | undefined {
  return onlyField(columns, (cells) => nearlyAll(cells, isAddress));
}

/** The key in such a table: the likely one; where that is the same in all rows, the next of names that differ. */
export function keyColumn(columns: Columns, time: readonly string[] = []): string | undefined {
  const likely = likelyKeyColumn(columns, time);
  if (likely === undefined || differ(columns.values(likely))) return likely;
  const names = othersThan(columns, time).filter((field) => areNames(columns.values(field)));
  return names.find((field) => differ(columns.values(field)) && !areProse(columns.values(field))) ?? likely;
}

/** The first column of addresses; else the first other one that is no number, or simply the next. */
export function likelyKeyColumn(columns: Columns, time: readonly string[]): string | undefined {
  const { values } = columns;
  const others = othersThan(columns, time);
  return (
    others.find((field) => nearlyAll(values(field), isAddress)) ??
    others.find((field) => areNames(values(field))) ??
    others[0]
  );
}

/** Columns of neither the time nor durations, operations, methods or levels. */
function othersThan({ fields, values }: Columns, time: readonly string[]): readonly string[] {
  const isOther = (cell: string) => !operations.has(cell) && !isTimeOfDay(cell);
  return fields.filter(
    (field) => !time.includes(field) && values(field).some(isOther) && !areLevels(values(field)),
  );
}

function areNames(cells: Values): boolean {
  return cells.some((cell) => Number.isNaN(numberOf(cell)));
}

function differ(cells: Values): boolean {
  return new Set(cells).size > 1;
}

/** Whether cells are sentences, as programs write them about what happens, and neither names nor values. */
export function areProse(cells: Values): boolean {
  return cells.filter((cell) => wordsOf(cell) > 4).length > cells.length * 0.5;
}

function wordsOf(cell: string): number {
  return cell.trim().split(/\s+/).length;
}

/** IPv4 or IPv6, bare, with a port, or the first of a list. */
export function isAddress(cell: string): boolean {
  const bytes = Buffer.from(cell);
  const bounds = { from: 0, to: 0 };
  trimPort(bytes, 0, bytes.length, bounds);
  return isIP(bytes.toString('latin1', bounds.from, bounds.to)) !== 0;
}
