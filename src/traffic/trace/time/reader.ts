import { blank, closeBracket, colon, comma, dash, dot, isDigit, openBracket, slash } from '../text/bytes.ts';
import { DayCache, dayClockUs } from './calendar.ts';
import { clfUs, monthAt } from './clf.ts';
import { compactUs, isCompact } from './compact.ts';
import { digitDateUs } from './digitdate.ts';
import { epochUs, guessTimeUnit, type TimeGuess, type TimeUnit } from './epoch.ts';
import { isoUs } from './iso.ts';
import { type DayFirst, SpelledDates } from './spelled.ts';

const dayClockLength = 'DD:HH:MM:SS'.length;

/** Numbers read as earlier than this (3 March 1973) are too small to be dates. */
const earliestDateUs = 1e14;

/**
 * Reads the times of one trace, in whatever notation each is written: CLF, ISO 8601, RFC 1123, as people spell it, or a number. The unit of
 * numbers is given, or guessed from the first one; `guess` tells what the others say. Remembers what the notes of a run must say.
 */
export class TimeReader {
  /** A time without a zone was read as UTC. */
  sawZoneless = false;
  /** How many numbers seemed to be of each unit, while their unit was not given. */
  readonly #votes = new Map<string, { readonly guess: TimeGuess; count: number }>();
  readonly #given: boolean;
  #sawDate = false;
  readonly #days = new DayCache();
  readonly #rest = { us: 0, end: 0, zoned: true };
  /** Dates that no fast reader knows, and what was seen in them. */
  readonly spelled: SpelledDates;

  constructor(
    private unit?: TimeUnit,
    dayFirst?: DayFirst,
  ) {
    this.#given = unit !== undefined;
    this.spelled = new SpelledDates(this.#days, dayFirst);
  }

  /**
   * What most of the numbers seem to be; nothing when their unit was given, or there were none. Where more than a few are dates and
   * more than a few are none, they are of one clock of its own, which began small: nothing tells its unit.
   */
  get guess(): TimeGuess | undefined {
    const votes = [...this.#votes.values()].sort((a, b) => b.count - a.count);
    const all = votes.reduce((sum, { count }) => sum + count, 0);
    const isFrequent = (count: number) => count >= fewestVotes && count > all * 0.05;
    const frequent = votes.filter(({ count }) => isFrequent(count)).map(({ guess }) => guess);
    const best = votes[0]?.guess;
    if (
      best === undefined ||
      frequent.every(({ relative, doubtful }) => !doubtful && relative === best.relative)
    )
      return best;
    return { ...best, relative: true, doubtful: true };
  }

  /** Microseconds since 1970, or NaN. */
  us(buf: Uint8Array, from: number, to: number): number {
    let start = from;
    let end = to;
    if (buf[start] === openBracket) {
      start++;
      if (buf[end - 1] === closeBracket) end--; // a table may have cut the zone off, and this with it
    } else if (buf[end - 1] === closeBracket) end = withoutZoneName(buf, start, end);
    const us = this.#dated(buf, start, end);
    if (!this.#rest.zoned) this.sawZoneless ||= !Number.isNaN(us);
    this.#rest.zoned = true;
    return us;
  }

  #dated(buf: Uint8Array, from: number, to: number): number {
    if (this.unit === 'date') return this.#digitsUs(buf, from, to);
    const us = to - from < 10 ? this.#shortDateUs(buf, from, to) : this.#dateUs(buf, from, to);
    if (us === undefined) return from < to ? this.#numberUs(buf, from, to) : Number.NaN;
    this.#sawDate ||= us > earliestDateUs;
    return us;
  }

  /** `3/14/03` or `22:13:20`; nothing when it is none of these. */
  #shortDateUs(buf: Uint8Array, from: number, to: number): number | undefined {
    const isDate = to - from > 5 && (isMark(buf[from + 1]) || isMark(buf[from + 2]));
    return isDate ? this.#spelledUs(buf, from, to) : undefined;
  }

  /** Nothing when the text is not written as any date is. */
  #dateUs(buf: Uint8Array, from: number, to: number): number | undefined {
    const fifth = buf[from + 4];
    if (buf[from + 2] === slash && buf[from + 6] === slash)
      return clfUs(buf, from, to, this.#days, this.#rest);
    if ((fifth === dash || fifth === slash) && isDigit(buf[from + 1]) && isDigit(buf[from + 2]))
      return isoUs(buf, from, to, this.#days, this.#rest);
    if (buf[from + 3] === comma && buf[from + 7] === blank) return this.#rfc1123(buf, from + 5, to);
    if (to - from === dayClockLength && buf[from + 2] === colon && buf[from + 8] === colon)
      return dayClockUs(buf, from);
    if (!this.#given && isCompact(buf, from, to)) return compactUs(buf, from, to, this.#days, this.#rest);
    return isSpelled(buf, from, to) ? this.#spelledUs(buf, from, to) : undefined;
  }

  #spelledUs(buf: Uint8Array, from: number, to: number): number | undefined {
    const us = this.spelled.us(String.fromCharCode(...buf.subarray(from, to)));
    if (us === undefined) return undefined;
    this.#rest.zoned = this.spelled.zoned;
    return this.#sawDate && this.spelled.dayless ? Number.NaN : us; // a stray clock among dates
  }

  #digitsUs(buf: Uint8Array, from: number, to: number): number {
    this.#rest.zoned = false;
    return digitDateUs(
      String.fromCharCode(...buf.subarray(from, Math.min(to, from + longestSpelled))),
      this.#days,
    );
  }

  #numberUs(buf: Uint8Array, from: number, to: number): number {
    if (this.unit === 'date') return Number.NaN;
    if (!this.#given) this.#vote(epochUs(buf, from, to, 's') / 1e6);
    const us = epochUs(buf, from, to, this.unit ?? 's');
    return this.#sawDate && us < earliestDateUs ? Number.NaN : us; // a stray number among dates
  }

  #vote(value: number): void {
    if (Number.isNaN(value) || value === 0) return; // 0 is of any unit
    const guess = guessTimeUnit(value);
    this.unit ??= guess.unit;
    const name = `${guess.unit} ${guess.relative} ${guess.doubtful}`;
    const votes = this.#votes.get(name) ?? { guess, count: 0 };
    votes.count++;
    this.#votes.set(name, votes);
  }

  /** `15 Nov 1994 08:12:31 GMT`, behind the name of the day (RFC 9110, IMF-fixdate). */
  #rfc1123(buf: Uint8Array, from: number, to: number): number {
    if (to - from < 20 || !Number.isFinite(monthAt(buf, from + 3))) return Number.NaN;
    const text = Buffer.from(buf.subarray(from, to));
    text[2] = 47;
    text[6] = 47;
    text[11] = 58;
    return clfUs(text, 0, text.length, this.#days, this.#rest);
  }
}

function isMark(byte: number): boolean {
  return byte === slash || byte === colon;
}

const longestSpelled = 48;
/** Numbers of a kind that are no accident. */
const fewestVotes = 3;

/** Whether a text has the marks of a spelled date, and is no number. */
function isSpelled(buf: Uint8Array, from: number, to: number): boolean {
  if (to - from > longestSpelled) return false;
  if (buf[from + 2] === dot) return true; // 14.11.2023
  for (let at = from + 1; at < to; at++) if (buf[at] === colon || buf[at] === slash) return true;
  return false;
}

/** The end of a time before the name that Java writes behind its offset: `+01:00[Europe/Berlin]`. */
function withoutZoneName(buf: Uint8Array, from: number, to: number): number {
  const open = buf.subarray(from, to).lastIndexOf(openBracket);
  return open > 0 ? from + open : to;
}
