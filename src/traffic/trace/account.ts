/**
 * Accounting of lines: read = used + the sum of skipped. A line that gave no request has one reason, and a reason is
 * either harmless (a comment, a header, another kind of log line) or malformed (counts towards `--max-malformed`).
 */
import { UsageError } from '../../errors.ts';
import { formatShare } from '../../units.ts';
import type { LineCounts } from '../source.ts';
import { printable } from './text/printable.ts';

/** Why a line gave no request. */
export interface Skip {
  readonly reason: string;
  readonly malformed: boolean;
}

const harmless = (reason: string): Skip => ({ reason, malformed: false });
const malformed = (reason: string): Skip => ({ reason, malformed: true });

/** Every reason there is. Compared by identity, so parsers return these objects and no others. */
export const skips = {
  blank: harmless('blank'),
  comment: harmless('comment'),
  directive: harmless('directive'),
  header: harmless('header'),
  notARequest: harmless('not a request'),
  badTime: malformed('bad time'),
  badCost: malformed('bad cost'),
  badCount: malformed('bad count'),
  badJson: malformed('bad JSON'),
  wrongShape: malformed('wrong shape'),
  unclosedQuote: malformed('unclosed quote'),
  tooLong: malformed('line too long'),
  nul: malformed('NUL byte'),
  outOfRange: malformed('time out of range'),
  late: malformed('out of order beyond the buffer'),
  truncated: malformed('truncated last line'),
} as const satisfies Record<string, Skip>;

/** A line that could not be used, ready to be shown. */
export interface BadLine {
  readonly at: string;
  readonly reason: string;
  readonly text: string;
}

const shownLines = 10;
const shownChars = 120;

/** Counts of one run over all of its files. */
export class Tally {
  read = 0;
  used = 0;
  malformed = 0;
  readonly examples: BadLine[] = [];
  readonly #skipped = new Map<Skip, number>();

  use(): void {
    this.read++;
    this.used++;
  }

  skip(why: Skip, place: () => string, bytes: Uint8Array): void {
    this.read++;
    this.#skipped.set(why, (this.#skipped.get(why) ?? 0) + 1);
    if (!why.malformed) return;
    this.malformed++;
    if (this.examples.length >= shownLines) return;
    this.examples.push({ at: place(), reason: why.reason, text: printable(bytes, shownChars) });
  }

  /** A line that was counted as used turned out to be too late for what had been given out. */
  recallLate(): void {
    this.used--;
    this.malformed++;
    this.#skipped.set(skips.late, (this.#skipped.get(skips.late) ?? 0) + 1);
  }

  lines(): LineCounts {
    const skipped: Record<string, number> = {};
    for (const [why, count] of this.#skipped) skipped[why.reason] = (skipped[why.reason] ?? 0) + count;
    return { read: this.read, used: this.used, skipped };
  }

  /** Refuses a trace of which more is malformed than the user allows, or in which no request was found. */
  check(files: readonly string[], maxMalformedRatio: number): void {
    if (this.used === 0) throw new UsageError(this.#describe(`${files.join(', ')}: no requests found`));
    const ratio = this.malformed / (this.used + this.malformed);
    if (ratio <= maxMalformedRatio) return;
    const share = `${formatShare(ratio)} of the lines are malformed, more than the ${formatShare(maxMalformedRatio)} allowed`;
    const advice = `\nLet more pass with --max-malformed, such as --max-malformed ${Math.ceil(ratio * 100)}%.`;
    throw new UsageError(this.#describe(`${files.join(', ')}: ${share}`) + advice);
  }

  #describe(what: string): string {
    const reasons = Object.entries(this.lines().skipped).map(([reason, count]) => `${reason}: ${count}`);
    const examples = this.examples.slice(0, 3).map(({ at, reason, text }) => `\n  ${at}: ${reason}: ${text}`);
    return `${what}: ${this.read} lines read${reasons.length ? ` (${reasons.join(', ')})` : ''}${examples.join('')}`;
  }
}
