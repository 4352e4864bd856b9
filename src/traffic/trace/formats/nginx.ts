import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { backslash, quote } from '../text/bytes.ts';
import type { Spans, Splitter } from '../text/spans.ts';

/** An nginx `log_format` string cut into its variables and the text before, between and behind them. */
export interface Template {
  readonly variables: readonly string[];
  /** One more than there are variables. */
  readonly literals: readonly Buffer[];
}

/** Takes `$a "$b"` as it is, or a whole `log_format name '…' '…';` directive. */
export function parseTemplate(text: string): Template {
  const directive = /^\s*log_format\s+\S+\s+(?:escape=\S+\s+)?([\s\S]*?);?\s*$/.exec(text);
  const body = directive
    ? [...directive[1].matchAll(/'([^']*)'|"([^"]*)"/g)].map((m) => m[1] ?? m[2]).join('')
    : text;
  const pieces = body.split(/\$(?:\{(\w+)\}|(\w+))/);
  const variables: string[] = [];
  const literals: Buffer[] = [Buffer.from(pieces[0])];
  for (let i = 1; i < pieces.length; i += 3) {
    variables.push(pieces[i] ?? pieces[i + 1]);
    literals.push(Buffer.from(pieces[i + 2]));
  }
  const touching = literals.slice(1, -1).findIndex((literal) => literal.length === 0);
  if (touching >= 0) {
    throw new UsageError(
      `--trace-format: nothing parts $${variables[touching]} from $${variables[touching + 1]}`,
    );
  }
  return { variables, literals };
}

export class TemplateSplitter implements Splitter {
  readonly fields: readonly string[];

  constructor(private readonly template: Template) {
    this.fields = template.variables;
  }

  column(name: string): number {
    return this.fields.indexOf(name.replace(/^\$/, ''));
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const { literals } = this.template;
    spans.buf = buf;
    if (!standsAt(literals[0], buf, from, to)) return skips.wrongShape;
    let at = from + literals[0].length;
    for (let field = 0; field < this.fields.length; field++) {
      const literal = literals[field + 1];
      const end = literal.length === 0 ? to : find(literal, buf, at, to);
      if (end < 0) return skips.wrongShape;
      spans.set(field, at, end);
      at = end + literal.length;
    }
    return undefined;
  }
}

function standsAt(literal: Buffer, buf: Buffer, at: number, to: number): boolean {
  if (at + literal.length > to) return false;
  for (let i = 0; i < literal.length; i++) if (buf[at + i] !== literal[i]) return false;
  return true;
}

/** The first place of a literal at or behind `at`; a quote behind a backslash is text (`escape=json`, Apache). */
function find(literal: Buffer, buf: Buffer, at: number, to: number): number {
  const first = literal[0];
  for (let i = at; i < to; i++) {
    if (buf[i] !== first || !standsAt(literal, buf, i, to)) continue;
    if (first !== quote || i === at || buf[i - 1] !== backslash) return i;
  }
  return -1;
}

/** What there is in a template, the best first. */
function firstOf(fields: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((name) => fields.includes(name)).slice(0, 1);
}

/**
 * nginx, ngx_http_log_module: a line is written when the response is done; `$request_time` is the time since the first
 * byte of the request, so the request came that much earlier.
 */
export function templateRoles(fields: readonly string[]): FieldRoles {
  const time = firstOf(fields, ['msec', 'time_iso8601', 'time_local', 'date_gmt']);
  return {
    time: time.length > 0 ? time : undefined,
    timeUnit: 's',
    key: firstOf(fields, [
      'remote_addr',
      'binary_remote_addr',
      'realip_remote_addr',
      'http_x_forwarded_for',
      'remote_user',
    ]),
    durations: firstOf(fields, ['request_time', 'upstream_response_time']),
    durationUnitUs: 1e6,
    endsAt: true,
  };
}

export function openTemplate(text: string, context: FormatContext): TraceParser {
  const template = parseTemplate(text);
  const roles = rolesFor(templateRoles(template.variables), context);
  if (roles.time === undefined && context.options.ratePerSecond === undefined) {
    throw new UsageError(
      '--trace-format: the string has no time; it needs $time_local, $time_iso8601 or $msec',
    );
  }
  return new FieldLines('nginx log_format', new TemplateSplitter(template), roles, context);
}

/** Found only by name or by a string with `$`: a template cannot be told from its lines. */
export const nginx: TraceFormat = {
  name: 'nginx',
  title: 'nginx log_format',
  about:
    'Any log_format of nginx: give its string, as in --trace-format \'$remote_addr [$time_local] "$request"\'',
  defaults: { time: '$msec, $time_iso8601 or $time_local', key: '$remote_addr', duration: '$request_time' },
  open({ options }) {
    if (options.format === 'nginx') {
      throw new UsageError(
        '--trace-format nginx: give the log_format string itself, such as \'$remote_addr - [$time_local] "$request"\'',
      );
    }
    return undefined;
  },
};
