import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import type { Splitter } from '../text/spans.ts';
import { pickedWords, rolesOf } from './guess.ts';
import { type Columns, pick } from './pick.ts';
import { refuseWithoutTime } from './table.ts';

/** Lines for whose fields something was decided, which the notes of a run say first. */
export class PickedLines extends FieldLines {
  readonly #decided: readonly string[];

  constructor(
    title: string,
    splitter: Splitter,
    roles: FieldRoles,
    context: FormatContext,
    decided: readonly string[],
  ) {
    super(title, splitter, rolesFor(roles, context), context);
    this.#decided = decided;
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
  const picked = pick(columns, context.options);
  if (picked.time === undefined && context.options.ratePerSecond === undefined)
    refuseWithoutTime(context, columns.fields);
  return new PickedLines(title, splitter, rolesOf(picked), context, [pickedWords(picked)]);
}
