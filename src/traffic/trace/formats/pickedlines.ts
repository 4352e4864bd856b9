import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import type { Spans, Splitter } from '../text/spans.ts';
import { pickedWords, rolesOf } from './guess.ts';
import { refuseMeasures } from './measures.ts';
import { type Columns, pick } from './pick.ts';
import { areOfProgramLog } from './programlog.ts';
import { refuseWithoutTime } from './table.ts';

/** Lines for whose fields something was decided, which the notes of a run say first. */
export class PickedLines extends FieldLines {
  readonly #decided: readonly string[];
  /** The field without which a line is no request. */
  readonly #demanded: number;

  constructor(
    title: string,
    splitter: Splitter,
    roles: FieldRoles,
    context: FormatContext,
    decided: readonly string[],
    demanded?: string,
  ) {
    super(title, splitter, rolesFor(roles, context), context);
    this.#decided = decided;
    this.#demanded = demanded === undefined ? -1 : splitter.column(demanded);
  }

  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const skip = super.line(buf, from, to);
    return skip === skips.wrongShape && this.#demanded >= 0 ? skips.notARequest : skip;
  }

  override fields(spans: Spans): Skip | undefined {
    const demanded = this.#demanded;
    return demanded >= 0 && spans.to[demanded] <= spans.from[demanded]
      ? skips.notARequest
      : super.fields(spans);
  }

  override notes(): readonly string[] {
    return [...this.#decided, ...super.notes()];
  }
}

/** A reader of lines whose fields are picked from what the head of the file holds. Throws UsageError where no time is found. */
export function openPicked(
  title: string,
  columns: Columns,
  splitter: Splitter,
  context: FormatContext,
): TraceParser {
  refuseProgramLog(columns, context);
  const picked = pick(columns, context.options);
  if (picked.time === undefined && context.options.ratePerSecond === undefined)
    refuseWithoutTime(context, columns.fields);
  const { time, key, cost, format } = context.options;
  if ([time, key, cost, format].every((said) => said === undefined))
    refuseMeasures(columns, picked, context.file);
  return new PickedLines(title, splitter, rolesOf(picked), context, [pickedWords(picked)], picked.method);
}

/** A user who names fields knows that the lines are requests. */
export function refuseProgramLog(
  { fields }: Pick<Columns, 'fields'>,
  { file, options }: FormatContext,
): void {
  if (options.key !== undefined || options.time !== undefined || !areOfProgramLog(fields)) return;
  throw new UsageError(
    `${file}: a program's log, whose lines have levels and messages, and nothing that tells a request (${fields.slice(0, 20).join(', ')}); if each line is one, name its fields with --time and --key`,
  );
}
