import { dayUs } from './calendar.ts';

/**
 * Times of day without a date, counted from the first midnight before them. A log is nearly in order, so a time that is more than
 * half a day before the last one is of the next day, and one that is nearly a day behind it is late from the day before.
 */
export class DaylessClock {
  #midnightUs = 0;
  #lastUs = Number.NaN;

  /** Microseconds since that midnight. */
  us(timeUs: number): number {
    const us = this.#midnightUs + timeUs;
    if (us > this.#lastUs + nearlyDayUs) return us - dayUs;
    if (us < this.#lastUs - dayUs / 2) this.#midnightUs += dayUs;
    this.#lastUs = this.#midnightUs + timeUs;
    return this.#lastUs;
  }
}

const nearlyDayUs = (dayUs * 11) / 12;
