import { epochUs, guessTimeUnit } from '../time/epoch.ts';
import { areDecimalSeconds } from './guess.ts';
import type { Columns } from './pick.ts';
import { isTime } from './table.ts';

type Values = readonly string[];

/**
 * The time in a table without names: a column of dates; else of numbers that have the size of dates; else of numbers that go
 * up, rather decimals, and rather not one by one as the numbers of rows do.
 */
export function timeColumn({ fields, values }: Columns): string | undefined {
  const times = fields.filter((field) => values(field).every(isTime));
  const rising = times.filter((field) => goUp(values(field)));
  return (
    times.find((field) => areDates(values(field))) ??
    times.find((field) => areDateNumbers(values(field))) ??
    rising.find((field) => areDecimalSeconds(values(field))) ??
    rising.find((field) => !areRowNumbers(values(field))) ??
    rising[0]
  );
}

/** The only field of dates, where no name tells the time. */
export function dateField({ fields, values }: Columns): string | undefined {
  const dates = fields.filter((field) => {
    const cells = values(field);
    return cells.length > 0 && cells.every(isTime) && areDates(cells);
  });
  return dates.length === 1 ? dates[0] : undefined;
}

/** The key in such a table: the first other column that is not a number, or simply the next. */
export function keyColumn({ fields, values }: Columns, time: readonly string[] = []): string | undefined {
  const others = fields.filter((field) => !time.includes(field));
  return others.find((field) => values(field).some((cell) => Number.isNaN(Number(cell)))) ?? others[0];
}

function areDates(cells: Values): boolean {
  return cells.every((cell) => Number.isNaN(Number(cell)));
}

/** Dates from 1990 to 2100: other large numbers are ids. */
function areDateNumbers(cells: Values): boolean {
  return cells.every((cell) => {
    const { unit, relative } = guessTimeUnit(Number(cell));
    const us = epochUs(Buffer.from(cell), 0, cell.length, unit);
    return !relative && us > Date.UTC(1990) * 1e3 && us < Date.UTC(2100) * 1e3;
  });
}

/** Traces are nearly in order of time, and a number that stays the same is none. */
function goUp(cells: Values): boolean {
  const steps = stepsOf(cells);
  const downwards = steps.filter((step) => !(step >= 0)).length;
  return downwards <= steps.length * 0.1 && (steps.length === 0 || steps.some((step) => step > 0));
}

function areRowNumbers(cells: Values): boolean {
  return stepsOf(cells).every((step) => step === 1);
}

function stepsOf(cells: Values): number[] {
  return cells.slice(1).map((cell, before) => Number(cell) - Number(cells[before]));
}
