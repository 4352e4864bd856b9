import { timeInFront } from '../text/front.ts';
import { areDigitDates } from '../time/digitdate.ts';
import { guessTimeUnit } from '../time/epoch.ts';
import { areDecimalSeconds } from './guess.ts';
import { isTime, isTimeOfDay } from './header.ts';
import type { Columns } from './pick.ts';

export type Values = readonly string[];

/**
 * The time in a table without names: a column of dates; else of times of day, in front; else of numbers that have the size of
 * dates and go up, rather decimals, as counters have none; else of others that are large and go up; else of dates in any order;
 * else of numbers that go up, rather decimals, and rather not one by one as the numbers of rows do, which are taken only from
 * the first column.
 */
export function timeColumn({ fields, values }: Columns): string | undefined {
  const times = fields.filter((field) => nearlyAll(values(field), isTime));
  const hasMethods = fields.some((field) => values(field).every(isOfOperation));
  const rising = times.filter(
    (field) => goUp(values(field)) && !(hasMethods && values(field).every(isStatus)),
  );
  return (
    times.find((field) => areDates(values(field))) ??
    fields.slice(0, 1).find((field) => areTimesOfDay(values(field))) ?? // syslog has its day in front
    rising.find((field) => areDateNumbers(values(field)) && areDecimalSeconds(values(field))) ??
    rising.find((field) => areDateNumbers(values(field))) ??
    rising.find((field) => values(field).every((cell) => numberOf(cell) >= tooLargeForSeconds)) ??
    times.find((field) => areDateNumbers(values(field))) ??
    rising.find((field) => areDecimalSeconds(values(field))) ??
    rising.find((field) => !areRowNumbers(values(field))) ??
    rising.find((field) => field === fields[0])
  );
}

const tooLargeForSeconds = 1e8;

/** What is done, and not by whom: methods of HTTP, commands of caches, directions of disks. */
export const operations = new Set(
  (
    'GET HEAD POST PUT DELETE PATCH OPTIONS TRACE CONNECT get gets set add replace cas append prepend delete incr decr ' +
    'R W r w Read Write read write READ WRITE SET'
  ).split(' '),
);

/** An operation, alone or before what it is done to, as in `GET /a HTTP/1.1`. */
function isOfOperation(cell: string): boolean {
  return operations.has(cell.split(' ', 1)[0]);
}

function isStatus(cell: string): boolean {
  return /^[1-5]\d\d$/.test(cell);
}

/** Whether all cells are so but for one in twenty, as damaged lines leave them. */
export function nearlyAll(cells: Values, are: (cell: string) => boolean): boolean {
  return cells.filter((cell) => !are(cell)).length <= cells.length * 0.05;
}

/** The only field of dates, where no name tells the time; else the time in front. */
export function dateField({ fields, values }: Columns): string | undefined {
  const areTimes = (cells: Values) => nearlyAll(cells, isTime) && areDates(cells);
  const own = fields.filter((field) => field !== timeInFront);
  const front = fields.find((field) => field === timeInFront && areTimes(values(field)));
  return onlyField({ fields: own, values }, areTimes) ?? front;
}

export function onlyField(
  { fields, values }: Omit<Columns, 'named'>,
  fits: (cells: Values) => boolean,
): string | undefined {
  const fitting = fields.filter((field) => values(field).length > 0 && fits(values(field)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Whether cells are the levels of a log. */
export function areLevels(cells: Values): boolean {
  const levels = cells.filter((cell) =>
    /^\[?(?:TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERR|ERROR|CRIT|CRITICAL|ALERT|EMERG|FATAL|SEVERE)\]?:?$/i.test(
      cell,
    ),
  );
  return levels.length > cells.length * 0.9;
}

/** Whether numbers or dates can be the instants of requests; a duration that is called a time can not. */
export function areInstants(cells: Values): boolean {
  const given = cells.filter((cell) => cell !== '');
  return given.some(isTime) && (areDates(given) || areDateNumbers(given) || goUp(given));
}

/** The same of a field whose name does not tell: a single number may be anything. */
export function tellInstants(cells: Values): boolean {
  return areInstants(cells) && (cells.length > 1 || areStamps(cells));
}

/** Whether numbers are dates in their order, whatever they are called: nothing else grows so. */
export function areRisingDates(cells: Values): boolean {
  return areDateNumbers(cells) && goUp(cells);
}

/** Whether cells are times of day in their order: those of durations fall as often as they rise. */
export function areTimesOfDay(cells: Values): boolean {
  const given = cells.filter((cell) => cell !== '');
  const seconds = given.map((cell) =>
    cell.split(':').reduce((sum, part) => sum * 60 + Number.parseFloat(part), 0),
  );
  return given.length > 0 && nearlyAll(given, isTimeOfDay) && hardlyFall(seconds.map(String));
}

/** Whether cells name a process, as syslog writes it before what the process says: `sshd[812]:`. */
export function areTags(cells: Values): boolean {
  return cells.filter((cell) => /^[\w./-]+\[\d+\]:$/.test(cell)).length > cells.length * 0.9;
}

/** Whether cells are dates, or numbers of the size of dates. */
export function areStamps(cells: Values): boolean {
  return areDates(cells) || areDateNumbers(cells);
}

/** A number may stand in them, which is no date. */
const inBrackets = /^\[(.*)\]$/;

function areDates(cells: Values): boolean {
  return (
    areDigitDates(cells) || nearlyAll(cells, (cell) => Number.isNaN(numberOf(cell.replace(inBrackets, '$1'))))
  );
}

/** Dates from 1990 to 2100: other large numbers are ids. */
function areDateNumbers(cells: Values): boolean {
  return nearlyAll(cells, (cell) => cell.trim() !== '' && !guessTimeUnit(numberOf(cell)).relative);
}

/**
 * Traces are nearly in order of time, and a number that stays the same is none. Steps that stay prove nothing: a column of
 * statuses is 200 nearly everywhere, and comes down as often as it goes up.
 */
function goUp(cells: Values): boolean {
  return hardlyFall(cells) && (cells.length === 1 || stepsOf(cells).some((step) => step > 0));
}

/** Whether of the steps that move no more than one in ten goes down. */
export function hardlyFall(cells: Values): boolean {
  const moves = stepsOf(cells).filter((step) => step !== 0);
  return moves.filter((step) => !(step > 0)).length <= moves.length * 0.1;
}

function areRowNumbers(cells: Values): boolean {
  return stepsOf(cells).every((step) => step === 1);
}

function stepsOf(cells: Values): number[] {
  return cells.slice(1).map((cell, before) => numberOf(cell) - numberOf(cells[before]));
}

/** The number in a cell, whose decimals may stand behind a comma; NaN when it holds none. */
export function numberOf(cell: string): number {
  return Number(cell.replace(',', '.'));
}
