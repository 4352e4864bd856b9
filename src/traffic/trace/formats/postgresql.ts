import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import type { FieldRoles } from '../roles.ts';
import { addressIn } from '../text/address.ts';
import { timeInFront } from '../text/front.ts';
import { ownTime } from '../text/prefix.ts';
import { type Place, tellsRequest } from '../text/request.ts';
import { columnOf, Spans, type Splitter } from '../text/spans.ts';
import { PickedLines } from './pickedlines.ts';

/** What a session did: a statement, with its duration where that is logged with it, or its beginning. */
const statement = /\bLOG: +(?:00000: +)?(?:duration: (?<duration>[\d.]+) ms +)?(?:statement|execute [^:]*): /;
const connection =
  /\bLOG: +(?:00000: +)?connection (?:received: host=(?<host>[^\s[]+)|authorized: user=(?<user>\S+))/;
/** What counts as a request, the best first: of connections those that tell their client, where it came over the network. */
const requests = [
  statement,
  /\bLOG: +(?:00000: +)?connection received: host=[^\s[]/,
  /\bLOG: +(?:00000: +)?connection authorized: /,
];

/** What `log_line_prefix` has of a session in any of its usual forms: `user=ann`, `ann@shop`, `[4711]`. */
const userInFront = /\buse?r=(?<named>[^\s,[\]]+)|(?<at>[^\s:@[\]]+)@[^\s:@[\]]+/;
const processInFront = /\[(\d+)(?:-\d+)?\]/;

const fields = [timeInFront, 'client', 'user', 'session', 'duration'];
/** Bytes before the level of a line in which a session is told. */
const mostInFront = 1000;
/** The likeliest of who asks. */
const askers = ['client', 'user', 'session'];

/** Sessions tell their client once, when they begin, unless the prefix of their lines does. */
class SessionSplitter implements Splitter {
  readonly fields = fields;
  readonly #clients = new Map<string, string>();

  /** `request`: which lines are requests. */
  constructor(private readonly request: RegExp) {}

  column(name: string): number {
    return columnOf(fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('utf8', from, to);
    const level = text.indexOf('LOG: ');
    // Without it: another level, or the next line of a statement.
    if (level < 0 || level > mostInFront) return isOfWebServer(text) ? skips.wrongShape : skips.notARequest;
    const front = text.slice(0, level);
    const session = processInFront.exec(front)?.[1] ?? '';
    const { host, user } = connection.exec(text)?.groups ?? {};
    if (host !== undefined) this.#clients.set(session, host);
    const found = this.request.exec(text);
    if (found === null) return skips.notARequest;
    const time = timeOf(front);
    if (time === undefined) return skips.badTime;
    const address = addressIn(front);
    const told = userInFront.exec(front)?.groups;
    write(spans, [
      front.slice(time.from, time.to),
      address === undefined ? this.#clients.get(session) : front.slice(address.from, address.to),
      told?.named ?? told?.at ?? user,
      session,
      found.groups?.duration,
    ]);
    return undefined;
  }
}

/** `%m`, `%t`, or `%n`: seconds since 1970. */
function timeOf(front: string): Place | undefined {
  const seconds = /(?<!\S)\d{10}\.\d{3}(?!\S)/.exec(front);
  if (seconds === null) return ownTime(front);
  return { from: seconds.index, to: seconds.index + seconds[0].length };
}

/** Whether a line tells a request of HTTP, as those of a server beside the database do. */
function isOfWebServer(line: string): boolean {
  return /^\S/.test(line) && tellsRequest(line);
}

/** Puts texts in the place of fields. */
function write(spans: Spans, texts: readonly (string | undefined)[]): void {
  spans.buf = Buffer.from(texts.join(''));
  let at = 0;
  for (const [field, text = ''] of texts.entries()) {
    const end = at + Buffer.byteLength(text);
    spans.set(field, at, text === '' ? -1 : end);
    at = end;
  }
}

/** Who asks: the client where most requests of a sample tell one, else the user, else the session. */
function askerOf(lines: readonly string[], request: RegExp): string {
  const splitter = new SessionSplitter(request);
  const spans = new Spans();
  const told = new Map(askers.map((field) => [field, 0]));
  let requests = 0;
  for (const line of lines) {
    const bytes = Buffer.from(line);
    if (splitter.split(bytes, 0, bytes.length, spans, fields.length - 1) !== undefined) continue;
    requests++;
    for (const [field, count] of told) {
      if (!spans.isAbsent(splitter.column(field))) told.set(field, count + 1);
    }
  }
  return askers.find((field) => (told.get(field) ?? 0) > requests * 0.5) ?? 'session';
}

/** What the server says beside requests. */
const own = /\b(?:LOG|ERROR|FATAL|WARNING|DETAIL|HINT|CONTEXT|STATEMENT): {2}\S/;

/** Refuses its log where that tells no requests. */
function refuseOwn({ sample, file, options }: FormatContext): undefined {
  const lines = sample.lines.filter((line) => /^[^\s{]/.test(line));
  const isOwn = lines.filter((line) => own.test(line)).length > lines.length * 0.5;
  if (!isOwn || options.time !== undefined || options.key !== undefined) return undefined;
  throw new UsageError(
    `${file}: a log of PostgreSQL that tells neither statements nor connections; log them with log_statement = 'all' or log_connections = on`,
  );
}

export const postgresql: TraceFormat = {
  name: 'postgresql',
  title: 'PostgreSQL log',
  about: 'Statements in the log of PostgreSQL; where it has none, connections. All else in it is no request',
  defaults: { time: 'the time in front', key: 'client, else user, else session', duration: 'duration' },
  open(context) {
    const { lines } = context.sample;
    const request = requests.find((form) => lines.some((line) => form.test(line)));
    if (request === undefined && context.options.format !== postgresql.name) return refuseOwn(context);
    const form = request ?? statement;
    const asker = askerOf(lines, form);
    const roles: FieldRoles = { time: [timeInFront], key: [asker] };
    const timed = lines.some((line) => form.exec(line)?.groups?.duration !== undefined);
    const ended = { ...roles, durations: ['duration'], durationUnitUs: 1e3, endsAt: true };
    const words = context.options.key === undefined ? [`fields taken: key: ${asker}`] : [];
    return new PickedLines(
      postgresql.title,
      new SessionSplitter(form),
      timed ? ended : roles,
      context,
      words,
    );
  },
};
