import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { rolesFor } from '../roles.ts';
import { isRecord, type JsonRecord, JsonSplitter, parseRecord, pathsOf, valueAt } from '../text/json.ts';
import { Spans } from '../text/spans.ts';

/** HAR 1.2 (W3C Web Performance working group, "HTTP Archive format"): startedDateTime, and time in milliseconds. */
class HarDocument implements TraceParser {
  readonly unit = 'document';
  readonly title = har.title;
  readonly hasDurations = true;

  constructor(private readonly context: FormatContext) {}

  notes(): readonly string[] {
    return [
      'lines are the entries of the archive',
      ...(this.context.options.key === undefined ? ['key: the host of the URL'] : []),
    ];
  }

  line(): Skip {
    return skips.wrongShape;
  }

  *document(bytes: Buffer): Generator<Skip | undefined> {
    const entries = valueAt(parseRecord(bytes.toString('utf8')) ?? {}, ['log', 'entries']);
    if (!Array.isArray(entries)) {
      throw new UsageError(
        `${this.context.file}: broken JSON, or no log.entries: not a whole HTTP Archive (HAR)`,
      );
    }
    const records = entries.map((entry: unknown) => (isRecord(entry) ? withHost(entry) : undefined));
    const known = new Set(records.slice(0, 200).flatMap((record) => (record ? pathsOf(record) : [])));
    const splitter = new JsonSplitter(() => true, known.add('startedDateTime').add('host').add('time'));
    const roles = { time: ['startedDateTime'], key: ['host'], durations: ['time'], durationUnitUs: 1e3 };
    const lines = new FieldLines(this.title, splitter, rolesFor(roles, this.context), this.context);
    const spans = new Spans();
    for (const record of records) {
      yield record === undefined ? skips.wrongShape : (splitter.spread(record, spans) ?? lines.fields(spans));
    }
  }
}

/** An entry with the host of its URL beside its own fields. */
function withHost(entry: JsonRecord): JsonRecord {
  const url = valueAt(entry, ['request', 'url']);
  const host =
    typeof url === 'string' ? /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(url)?.[1] : undefined;
  return { ...entry, host: host ?? '-' };
}

export const har: TraceFormat = {
  name: 'har',
  title: 'HTTP Archive (HAR)',
  about: 'HAR document of a browser or proxy, at most 512 MB',
  defaults: { time: 'startedDateTime', key: 'host of request.url', duration: 'time' },
  open(context) {
    const head = context.sample.bytes.toString('utf8', 0, 4096);
    if (context.options.format !== 'har' && !/^\s*\{\s*"log"\s*:\s*\{/.test(head)) return undefined;
    return new HarDocument(context);
  },
};
