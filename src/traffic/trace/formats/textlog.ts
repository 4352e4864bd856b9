import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { defaultsOf, type FieldRoles, rolesFor } from '../roles.ts';
import { blank } from '../text/bytes.ts';
import type { Spans } from '../text/spans.ts';
import { parseTemplate, TemplateSplitter } from './nginx.ts';

/** Lines that one program writes for people, among others of it. */
export interface TextLog {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** A request's line as an nginx `log_format`, from where it begins. */
  readonly template: string;
  /** What a request's line has where it begins; a collector may write before it. */
  readonly begins: RegExp;
  readonly roles: FieldRoles;
}

/** Bytes before a request's line in which its beginning is looked for. */
const mostBefore = 300;

export function textLog({ name, title, about, template, begins, roles }: TextLog): TraceFormat {
  const parsed = parseTemplate(template);
  return {
    name,
    title,
    about,
    defaults: defaultsOf(roles),
    open(context) {
      if (context.options.format !== name && !context.sample.lines.some((line) => begins.test(line)))
        return undefined;
      const splitter = new TrimmedSplitter(parsed);
      return new TextLines(title, splitter, rolesFor(roles, context), context, begins);
    },
  };
}

/** Columns that are aligned have blanks around what they hold. */
class TrimmedSplitter extends TemplateSplitter {
  override split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    const skip = super.split(buf, from, to, spans, last);
    if (skip !== undefined) return skip;
    for (let field = 0; field < this.fields.length; field++) {
      while (buf[spans.from[field]] === blank && spans.from[field] < spans.to[field]) spans.from[field]++;
      while (buf[spans.to[field] - 1] === blank && spans.from[field] < spans.to[field]) spans.to[field]--;
    }
    return undefined;
  }
}

class TextLines extends FieldLines {
  readonly #begins: RegExp;

  constructor(
    title: string,
    splitter: TemplateSplitter,
    roles: FieldRoles,
    context: ConstructorParameters<typeof FieldLines>[3],
    begins: RegExp,
  ) {
    super(title, splitter, roles, context);
    this.#begins = begins;
  }

  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const at = buf.toString('latin1', from, Math.min(to, from + mostBefore)).search(this.#begins);
    return at < 0 ? skips.notARequest : super.line(buf, from + at, to);
  }
}
