import { UsageError } from '../../errors.ts';
import { skips } from './account.ts';
import type { TraceFormat } from './format.ts';
import { type Trial, type TrialContext, tryFormat } from './trial.ts';

/** Bytes that every format is tried on. */
export const judgedBytes = 1 << 16;
/** Share of the lines that may be requests which a format must read to be taken at once. */
const goodScore = 0.9;
/** Below this a format is taken only if no other reads more. A file of the right shape in which no request is yet has it. */
const fairScore = 0.5;
const leastScore = 0.1;

/** Looks for the format that reads most of the sample. */
export class Search {
  /** What a format said that knows the file but cannot use it. */
  refusal: UsageError | undefined;
  /** What keeps a format whose shape the file has from reading any of its lines. */
  obstacle: UsageError | undefined;
  #best: TraceFormat | undefined;
  #bestScore = 0;

  constructor(
    private readonly formats: readonly TraceFormat[],
    private readonly base: TrialContext,
  ) {}

  /**
   * Those of known programs first, then those that read files of any, at last those that take what others leave. A program that knows
   * the file and refuses it has the last word.
   */
  best(): TraceFormat | undefined {
    const regular = this.formats.filter((format) => !format.lastResort);
    const programs = regular.filter((format) => !format.generic);
    const known = this.#among(programs, fairScore);
    if (known !== undefined || this.refusal !== undefined) return known;
    return this.#among(regular, leastScore) ?? this.#lastResort();
  }

  /** The first format that reads nearly all, or the one that reads most if that is enough. */
  #among(candidates: readonly TraceFormat[], enough: number): TraceFormat | undefined {
    for (const format of candidates) {
      const score = this.#score(format);
      if (score > this.#bestScore) {
        this.#best = format;
        this.#bestScore = score;
      }
      if (score >= goodScore) break;
    }
    return this.#bestScore >= enough ? this.#best : undefined;
  }

  /** What one of these says of the file tells more than what the others said. */
  #lastResort(): TraceFormat | undefined {
    const earlier = this.refusal;
    this.refusal = undefined;
    const found = this.#among(
      this.formats.filter((format) => format.lastResort),
      leastScore,
    );
    this.refusal ??= earlier;
    return found;
  }

  /** A mapping that a format does not know must not hide that the format is this one: it is then tried without. */
  #score(format: TraceFormat): number {
    try {
      const trial = tryFormat(format, this.base, judgedBytes);
      this.obstacle ??= this.#obstacleOf(trial);
      return trial?.score ?? 0;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const { key: _key, cost: _cost, time: _time, ...options } = this.base.options;
      if (Object.keys(options).length < Object.keys(this.base.options).length)
        return this.#scoreBy(new Search(this.formats, { ...this.base, options }), format);
      this.refusal ??= error;
      return 0;
    }
  }

  #scoreBy(unmapped: Search, format: TraceFormat): number {
    const score = unmapped.#score(format);
    this.refusal ??= unmapped.refusal;
    this.obstacle ??= unmapped.obstacle;
    return score;
  }

  #obstacleOf(trial: Trial | undefined): UsageError | undefined {
    const { parser, unused } = trial ?? {};
    const remedy = unused === undefined ? undefined : this.#remedyOf(unused.reason);
    if (parser === undefined || unused === undefined || remedy === undefined) return undefined;
    const { at, reason, text } = unused;
    return new UsageError(
      `${this.base.file}: no line is a request, read as ${parser.title}; ${remedy}\n  ${at}: ${reason}: ${text}`,
    );
  }

  /** A time that is none was taken by mistake, but where the user named it. */
  #remedyOf(reason: string): string | undefined {
    const isGuess = reason === skips.badTime.reason && this.base.options.time === undefined;
    return isGuess ? undefined : remedies[reason];
  }
}

/** What to do about fields that are there in every line, and cannot be used in any. */
const remedies: Readonly<Record<string, string>> = {
  [skips.badTime.reason]: 'name the field of the time with --time',
  [skips.badCost.reason]: 'costs are whole numbers from 0 to 4294967295; name their field with --cost',
  [skips.badCount.reason]: 'counts are whole numbers from 0 to 4294967295; name their field with --cost',
  [skips.outOfRange.reason]: 'times must lie in 1898–2184; name the field of the time with --time',
};
