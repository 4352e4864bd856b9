import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { rolesFor } from '../roles.ts';
import { type JsonRecord, JsonSplitter, parseRecord, pathsOf } from '../text/json.ts';
import { Spans } from '../text/spans.ts';

/** A span of a distributed trace, as far as a request needs it. */
export interface Span {
  /** Its fields by name: attributes or tags, `service.name`, and those below. */
  readonly fields: JsonRecord;
  /** When it began, in `timeUnit`. */
  readonly start: string;
  readonly durationUs: number;
  /** The span of a server that was asked. */
  readonly isServer: boolean;
  /** No other span of its trace is above it. */
  readonly isRoot: boolean;
}

/** How one program writes spans: documents of nested lists, one in the file or one a line. */
export interface SpanLog {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly timeUnit: 'ns' | 'us';
  /** How such a file begins. */
  readonly begins: RegExp;
  readonly spansOf: (document: JsonRecord) => Span[];
}

/** OpenTelemetry semantic conventions, the current names and older ones: who asked, else which service was. */
const key =
  'client.address|http.client_ip|net.sock.peer.addr|network.peer.address|net.peer.ip|peer.ipv4|enduser.id|service.name';

export function spanDocument(log: SpanLog): TraceFormat {
  const { name, title, about, begins } = log;
  return {
    name,
    title,
    about,
    defaults: { time: 'the start of the span', key, duration: 'its end less its start' },
    open(context) {
      const head = context.sample.bytes.toString('utf8', 0, 4096);
      return context.options.format === name || begins.test(head) ? new SpanParser(log, context) : undefined;
    },
  };
}

/** Spans of servers are the requests; where a document has none, those that no other is above. */
class SpanParser implements TraceParser {
  readonly unit = 'document';
  readonly title: string;
  readonly hasDurations = true;
  #rule = 'spans of servers';

  constructor(
    private readonly log: SpanLog,
    private readonly context: FormatContext,
  ) {
    this.title = log.title;
  }

  notes(): readonly string[] {
    return [`lines are spans; ${this.#rule} are the requests`];
  }

  line(): Skip {
    return skips.wrongShape;
  }

  *document(bytes: Buffer): Generator<Skip | undefined> {
    const documents = documentsOf(bytes.toString('utf8'));
    if (documents.every((document) => document === undefined)) {
      throw new UsageError(`${this.context.file}: broken JSON: not a whole document of ${this.title}`);
    }
    const spans = documents.flatMap((document) => (document === undefined ? [] : this.log.spansOf(document)));
    const haveServers = spans.some(({ isServer }) => isServer);
    if (!haveServers) this.#rule = 'there are none of servers, and those at the root of their trace';
    const splitter = new JsonSplitter(() => true, knownFields(spans));
    const lines = new FieldLines(this.title, splitter, this.#roles(), this.context);
    const fields = new Spans();
    for (const document of documents) if (document === undefined) yield skips.badJson;
    for (const span of spans) {
      const isRequest = haveServers ? span.isServer : span.isRoot;
      yield isRequest ? (splitter.spread(recordOf(span), fields) ?? lines.fields(fields)) : skips.notARequest;
    }
  }

  #roles() {
    const { timeUnit } = this.log;
    const roles = { time: ['start'], timeUnit, key: [key], durations: ['duration_us'], durationUnitUs: 1 };
    return rolesFor(roles, this.context);
  }
}

/** The file as one document, or each line as one; nothing for a line that is none. */
function documentsOf(text: string): (JsonRecord | undefined)[] {
  const whole = parseRecord(text);
  if (whole !== undefined) return [whole];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseRecord);
}

function recordOf({ fields, start, durationUs }: Span): JsonRecord {
  return { ...fields, start, duration_us: durationUs };
}

function knownFields(spans: readonly Span[]): Set<string> {
  const names = spans.slice(0, 200).flatMap((span) => pathsOf(recordOf(span)));
  return new Set([...names, ...key.split('|'), 'start', 'duration_us']);
}
