import { type DayCache, dayUs, hourUs, minuteUs, secondUs } from './calendar.ts';
import { DaylessClock } from './dayless.ts';
import { YearlessDays } from './yearless.ts';
import { zoneHours } from './zonename.ts';

/** Whether dates of numbers have the day in front (`14/11/2023`) or a year of two digits (`23/11/14`), where something tells. */
export type DayFirst = boolean | 'year' | undefined;

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const zone = String.raw`(?: ?(?<zone>${Object.keys(zoneHours).join('|')}|[+-]\d\d:?\d\d))?`;
const month = '(?<month>[A-Z][a-z]{2,8})';

/** Dates that are spelled as people read them. */
const notations = [
  // `Tue Nov 14 22:13:20 2023` (asctime, ctime), `Nov 14, 2023 @ 22:13:20.123` (Kibana), `Nov 14 22:13:20` (syslog, RFC 3164)
  `(?:[A-Z][a-z]{2},? )?${month} {1,2}(?<day>\\d{1,2})(?:,? (?<year>\\d{4}))?,?(?: @| at)? ${clock}${zone}(?: (?<yearBehind>\\d{4}))?`,
  // `14 Nov 2023 22:13:20` (RFC 5322 without its weekday), `14-Nov-2023 22:13:20.123` (Tomcat, BIND)
  `(?:[A-Z][a-z]{2,8}, )?(?<day>\\d{1,2})[ /-]${month}[ /-](?<year>\\d{4}|\\d\\d)[ :]${clock}${zone}`,
  // `11/14/2023 10:13:20 PM`, `14.11.2023 22:13:20`, `11/14/2023:22:13:20 -0000` (cPanel)
  String.raw`(?<one>\d{1,2})(?<mark>[./-])(?<two>\d{1,2})\k<mark>(?<year>\d{4}|\d\d)(?:(?:[,;|\t ]{1,2}|:)${clock}${zone})?`,
  // `231114 22:13:20` (Tornado)
  `(?<year>\\d\\d)(?<monthNumber>\\d\\d)(?<day>\\d\\d) ${clock}`,
  // `1114 22:13:20.123456` (klog)
  `(?<monthNumber>\\d\\d)(?<day>\\d\\d) ${clock}`,
  // `22:13:20.123`
  String.raw`(?=\d{1,2}:\d\d:\d\d)${clock}`,
].map((notation) => new RegExp(`^${notation}$`));

type Parts = Readonly<Record<string, string | undefined>>;

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads such dates. Remembers what their notes must say, and the turns of years that are not written. */
export class SpelledDates {
  /** A date had no zone. */
  zoned = true;
  /** A date had no year. */
  sawYearless = false;
  /** A time of day had no date. */
  sawDayless = false;
  /** The last one had none. */
  dayless = false;
  /** A date could be of two days, and nothing told which. */
  sawAmbiguous = false;
  /** The same for a year of two digits, which could stand in front as well. */
  sawShortYear = false;
  readonly #yearless = new YearlessDays();
  readonly #dayless = new DaylessClock();

  constructor(
    private readonly days: DayCache,
    private readonly dayFirst: DayFirst,
  ) {}

  /** Microseconds since 1970, of dates without a year since the first 1 January before them; NaN for no real date, nothing when it is none. */
  us(text: string): number | undefined {
    const parts = partsOf(text);
    if (parts === undefined) return undefined;
    this.dayless = parts.day === undefined && parts.one === undefined;
    const offsetUs = zoneOffsetUs(parts.zone);
    this.zoned = offsetUs !== undefined;
    return this.#dateUs(parts, clockUs(parts)) - (offsetUs ?? 0);
  }

  #dateUs(parts: Parts, timeUs: number): number {
    const year = yearOf(parts.year ?? parts.yearBehind);
    if (parts.one !== undefined) return this.#numbers(parts, year) + timeUs;
    if (this.dayless) return this.#daylessUs(timeUs);
    const monthNumber = Number(parts.monthNumber ?? monthNames.indexOf(monthOf(parts)) + 1);
    if (!Number.isNaN(year)) return this.days.us(year, monthNumber, Number(parts.day)) + timeUs;
    this.sawYearless = true;
    return this.#yearless.us(monthNumber, Number(parts.day), timeUs);
  }

  #daylessUs(timeUs: number): number {
    if (Number.isNaN(timeUs)) return Number.NaN;
    this.sawDayless = true;
    this.zoned = true; // without a date a zone says nothing
    return this.#dayless.us(timeUs);
  }

  /** The day of `one/two/year`: by what is known, by what can be, by the clock of twelve hours, by the dots of Europe. */
  #numbers({ one, two, mark, half, year: last = '' }: Parts, year: number): number {
    const [first, second] = [Number(one), Number(two)];
    if (this.dayFirst === 'year') return this.days.us(yearOf(one), second, Number(last));
    if (last.length === 2 && Number(last) < 32 && last !== one) this.sawShortYear = true;
    const told = this.dayFirst ?? (first > 12 ? true : second > 12 || half !== undefined ? false : undefined);
    if (told === undefined && mark === '/' && first !== second) this.sawAmbiguous = true;
    return (told ?? mark === '.') ? this.days.us(year, second, first) : this.days.us(year, first, second);
  }
}

function partsOf(text: string): Parts | undefined {
  for (const notation of notations) {
    const { groups } = notation.exec(text) ?? {};
    if (groups !== undefined) return groups;
  }
  return undefined;
}

function monthOf({ month: name = '' }: Parts): string {
  return name.slice(0, 3).toLowerCase();
}

/** Two digits are a year from 1970 to 2069, as POSIX has it with one year of difference. */
function yearOf(text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}

/** Microseconds of a time of day; NaN when there is no such one, 0 when none is told. */
function clockUs({ hour: hours, minute, second = '0', fraction = '', half }: Parts): number {
  if (hours === undefined) return 0;
  const twelve = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  if (twelve > 23 || Number(minute) > 59 || Number(second) > 60) return Number.NaN;
  const whole = twelve * hourUs + Number(minute) * minuteUs + Number(second) * secondUs;
  return whole + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** Microseconds east of UTC; nothing without a zone. */
function zoneOffsetUs(name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(name) ?? [];
  if (sign === undefined) return zoneHours[name] * hourUs;
  const us = Number(hours) * hourUs + Number(minutes) * minuteUs;
  return us < dayUs ? (sign === '-' ? -us : us) : Number.NaN;
}

const dateOfNumbers = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2}(?:\d{2})?)(?!\d)/;

/**
 * Whether a column of dates as `14/11/2023` has the day in front: by the first value that cannot be read otherwise; of years of two
 * digits by which end stays while the other changes.
 */
export function dayFirstIn(values: readonly string[]): DayFirst {
  const dates = values.map((value) => dateOfNumbers.exec(value)).filter((found) => found !== null);
  if (isYearFirst(dates)) return 'year';
  for (const [, one, two] of dates) {
    if (Number(one) > 12) return true;
    if (Number(two) > 12) return false;
  }
  return undefined;
}

function isYearFirst(dates: readonly RegExpExecArray[]): boolean {
  const ends = (place: 1 | 3) => new Set(dates.map((date) => date[place]));
  const areShort = dates.length > 0 && dates.every(({ 1: one, 3: last }) => one.length + last.length === 4);
  return areShort && (dates.some(([, one]) => Number(one) > 31) || (ends(1).size === 1 && ends(3).size > 1));
}
