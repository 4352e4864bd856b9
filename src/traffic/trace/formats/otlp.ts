import { isRecord, type JsonRecord, valueAt } from '../text/json.ts';
import { type Span, spanDocument } from './spandocument.ts';

/**
 * OpenTelemetry Protocol 1, JSON encoding of ExportTraceServiceRequest, as the file exporter of the collector writes it, one a line:
 * resourceSpans, scopeSpans, spans; times are nanoseconds in strings, kind 2 is a server.
 */
export const otlp = spanDocument({
  name: 'otlp',
  title: 'OpenTelemetry spans (OTLP JSON)',
  about: 'Spans as OTLP JSON, one document or one a line, at most 512 MB; spans of servers are the requests',
  timeUnit: 'ns',
  begins: /^\s*\{\s*"resourceSpans"\s*:/,
  spansOf: (document) =>
    recordsAt(document, 'resourceSpans').flatMap((resource) => {
      const about = attributesOf(valueAt(resource, ['resource', 'attributes']));
      const scopes = [
        ...recordsAt(resource, 'scopeSpans'),
        ...recordsAt(resource, 'instrumentationLibrarySpans'),
      ];
      return scopes.flatMap((scope) => recordsAt(scope, 'spans').map((span) => spanOf(span, about)));
    }),
});

function spanOf(span: JsonRecord, about: JsonRecord): Span {
  const { name, kind, parentSpanId, startTimeUnixNano, endTimeUnixNano } = span;
  return {
    fields: { ...about, ...attributesOf(span.attributes), name },
    start: String(startTimeUnixNano ?? ''),
    durationUs: Math.max(0, (Number(endTimeUnixNano) - Number(startTimeUnixNano)) / 1e3) || 0,
    isServer: kind === 2 || kind === 'SPAN_KIND_SERVER',
    isRoot: parentSpanId === undefined || parentSpanId === '' || parentSpanId === null,
  };
}

/** `[{"key": "a", "value": {"stringValue": "b"}}]` as `{"a": "b"}`. */
function attributesOf(list: unknown): JsonRecord {
  const pairs = Array.isArray(list) ? list.filter(isRecord) : [];
  return Object.fromEntries(
    pairs.map(({ key, value }) => [String(key), isRecord(value) ? Object.values(value)[0] : value]),
  );
}

/** The objects of a list that a record has under a name; none when there is no list. */
export function recordsAt(record: JsonRecord, name: string): JsonRecord[] {
  const list = record[name];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
