import { DayCache, dayUs, hourUs, minuteUs } from './calendar.ts';

const year = '(?:199|20\\d)\\d';
const day = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const hour = '(?:[01]\\d|2[0-3])';
/** `20231114`, `2023111422`, `202311142213` and, with milliseconds, `20231114221320125`, from 1990 to 2099. */
const shape = new RegExp(`^${year}${day}(?:${hour}(?:[0-5]\\d(?:[0-5]\\d\\d{3})?)?)?$`);

/** Whether all that is given are dates of digits alone. Numbers that only look so soon come upon a day that is none. */
export function areDigitDates(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell !== '');
  const days = new DayCache();
  return (
    given.length > 0 && given.every((cell) => shape.test(cell) && !Number.isNaN(digitDateUs(cell, days)))
  );
}

/** Whether all are times of day of digits alone, of one width but for zeros that got lost in front: `221320`, `2213`. */
export function areDigitClocks(cells: readonly string[]): boolean {
  const isOf = (width: number) => (cell: string) =>
    cell.length > width - 2 && cell.length <= width && !Number.isNaN(clockUs(cell));
  return cells.length > 0 && [6, 4].some((width) => cells.every(isOf(width)));
}

/** Between a date and a time of day may stand what parts the columns of a table. */
const parts = /^(?<date>\d{8})[ T\t,;|]?(?<clock>\d{0,9}|\d{1,2}:\d\d(?::\d\d)?)(?<fraction>[.,]\d+)?$/;

/** Microseconds since 1970 of a date of digits alone, with what stands behind it of a time of day; NaN when it is none. */
export function digitDateUs(text: string, days: DayCache): number {
  const { date, clock, fraction = '' } = parts.exec(text)?.groups ?? {};
  if (date === undefined) return Number.NaN;
  const midnightUs = days.us(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6)));
  const fractionUs = Number(fraction.slice(1, 7).padEnd(6, '0'));
  return midnightUs + clockUs(clock.replaceAll(':', '')) + fractionUs;
}

/** Microseconds of `22`, `2213`, `221320` or `221320125`, whose first zero may be lost; 0 for nothing. */
function clockUs(digits: string): number {
  const full = digits.length % 2 === 1 && digits.length < 9 ? `0${digits}` : digits;
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(full.slice(at, at + 2)));
  const us = hours * hourUs + minutes * minuteUs + seconds * 1e6 + Number(full.slice(6)) * 1e3;
  return us < dayUs && minutes < 60 && seconds < 60 ? us : Number.NaN;
}
