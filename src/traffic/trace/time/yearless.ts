import { dayUs } from './calendar.ts';

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Days without a year, as syslog writes them: counted from the first 1 January before them. A log is nearly in order, so a date
 * that is more than half a year before the last one is of the next year, and one that is eleven months behind it is late from
 * the year before. A year is a leap year from its 29 February on, which nothing else can tell.
 */
export class YearlessDays {
  #yearStartUs = 0;
  #leap = false;
  #lastUs = Number.NaN;

  /** Microseconds since that 1 January; NaN when there is no such day. */
  us(month: number, day: number, timeUs: number): number {
    if (!(day >= 1 && day <= daysIn[month - 1]) || Number.isNaN(timeUs)) return Number.NaN;
    if (month === 2 && day === 29) this.#leap = true;
    const inYearUs = this.#dayOfYear(month, day) * dayUs + timeUs;
    const us = this.#yearStartUs + inYearUs;
    if (us < this.#lastUs - halfYearUs) return this.#turn(inYearUs);
    if (us > this.#lastUs + elevenMonthsUs) return us - yearUs;
    this.#lastUs = us;
    return us;
  }

  #dayOfYear(month: number, day: number): number {
    return daysBefore[month - 1] + day - 1 + (this.#leap && month > 2 ? 1 : 0);
  }

  #turn(inYearUs: number): number {
    this.#yearStartUs += yearUs + (this.#leap ? dayUs : 0);
    this.#leap = false;
    this.#lastUs = this.#yearStartUs + inYearUs;
    return this.#lastUs;
  }
}

const yearUs = 365 * dayUs;
const halfYearUs = yearUs / 2;
const elevenMonthsUs = 335 * dayUs;
