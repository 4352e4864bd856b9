import { type Skip, skips, type Tally } from './account.ts';
import type { TraceParser } from './format.ts';
import type { Intake } from './intake.ts';
import { carriageReturn, isBlank, lineFeed, quote } from './text/bytes.ts';
import { unfinished } from './text/csv.ts';

/** Longer lines are skipped: no request is told in so many bytes, and memory stays bounded. */
export const maxLineBytes = 1 << 20;
/** Lines that one quoted record may go over, and its bytes. */
const maxRecordLines = 100;
const maxRecordBytes = 1 << 16;

const hash = 35;

/** Lines that end in LF or CR LF, the last of them perhaps in nothing. */
export class LineIntake implements Intake {
  finished = false;
  #line = 0;
  #discarding = false;
  #rest: Generator<Skip | undefined> | undefined;
  #view: Buffer = Buffer.alloc(0);
  /** The next NUL at or behind the line read last; -1 when there is none. */
  #nulAt = -1;

  constructor(
    private readonly parser: TraceParser,
    private readonly tally: Tally,
    private readonly file: string,
  ) {}

  run(view: Buffer, last: boolean, full: () => boolean): number {
    this.#view = view;
    this.#nulAt = view.indexOf(0);
    let at = 0;
    while (!full()) {
      if (at === view.length && last) {
        this.#drain(full);
        break;
      }
      const end = view.indexOf(lineFeed, at);
      if (end < 0 && !last) return this.#longPart(at);
      if (end < 0) {
        this.#lastLine(at, view.length);
        at = view.length;
      } else {
        const next = this.#wholeLine(at, end, last);
        if (next < 0) return at;
        at = next;
      }
    }
    return at;
  }

  /** A line without its end so far: waits for more, unless it is too long already. */
  #longPart(at: number): number {
    if (this.#view.length - at <= maxLineBytes) return at;
    if (!this.#discarding) {
      this.#line++;
      this.#account(skips.tooLong, at, at + 1024);
      this.#discarding = true;
    }
    return this.#view.length;
  }

  /** Answers where the next line begins, or -1 when the record needs lines that are not there yet. */
  #wholeLine(from: number, lf: number, last: boolean): number {
    if (this.#discarding) {
      this.#discarding = false;
      return lf + 1;
    }
    this.#line++;
    if (lf - from > maxLineBytes) {
      this.#account(skips.tooLong, from, from + 1024);
      return lf + 1;
    }
    const outcome = this.#read(from, lf);
    if (outcome === unfinished) return this.#joinLines(from, lf, last);
    this.#account(outcome, from, lf);
    return lf + 1;
  }

  #lastLine(from: number, to: number): void {
    if (this.#discarding) return;
    this.#line++;
    const outcome = to - from > maxLineBytes ? skips.tooLong : this.#read(from, to);
    const cut = outcome?.malformed === true && outcome !== skips.tooLong;
    this.#account(cut ? skips.truncated : outcome, from, to);
  }

  #read(from: number, lf: number): Skip | undefined {
    const view = this.#view;
    const to = lf > from && view[lf - 1] === carriageReturn ? lf - 1 : lf;
    if (isBlankLine(view, from, to)) return skips.blank;
    if (this.#hasNul(from, to)) return skips.nul;
    if (view[from] === hash && !this.parser.readsDirectives) return skips.comment;
    return this.parser.line(view, from, to);
  }

  /**
   * A record with line ends inside its quotes: read again with one more line each time that one with a quote comes.
   * When that gives no request either, the quote was never closed, and only its own line is lost.
   */
  #joinLines(from: number, firstLf: number, last: boolean): number {
    const view = this.#view;
    let lf = firstLf;
    for (let extra = 1; extra <= maxRecordLines; extra++) {
      const lineFrom = lf + 1;
      const next = view.indexOf(lineFeed, lineFrom);
      if (next < 0 && !last && view.length - from < maxRecordBytes) {
        this.#line--; // the record is read again when there is more
        return -1;
      }
      lf = next < 0 ? view.length : next;
      if (lineFrom >= view.length || lf - from >= maxRecordBytes) break;
      if (!contains(view, quote, lineFrom, lf)) continue;
      const outcome = this.#read(from, lf);
      if (outcome === unfinished) continue;
      if (outcome?.malformed) break;
      this.#account(outcome, from, firstLf);
      this.#line += extra;
      return Math.min(lf + 1, view.length);
    }
    this.#account(skips.unclosedQuote, from, firstLf);
    return firstLf + 1;
  }

  #hasNul(from: number, to: number): boolean {
    if (this.#nulAt >= 0 && this.#nulAt < from) this.#nulAt = this.#view.indexOf(0, from);
    return this.#nulAt >= 0 && this.#nulAt < to;
  }

  #account(outcome: Skip | undefined, from: number, to: number): void {
    if (outcome === undefined) this.tally.use();
    else this.tally.skip(outcome, () => `${this.file}:${this.#line}`, this.#view.subarray(from, to));
  }

  /** Requests that the parser could only tell at the end; their lines are accounted already. */
  #drain(full: () => boolean): void {
    this.#rest ??= this.parser.rest?.();
    while (!full()) {
      if (this.#rest === undefined || this.#rest.next().done) {
        this.finished = true;
        return;
      }
    }
  }
}

function isBlankLine(buf: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(buf[at])) return false;
  return true;
}

function contains(buf: Buffer, byte: number, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (buf[i] === byte) return true;
  return false;
}
