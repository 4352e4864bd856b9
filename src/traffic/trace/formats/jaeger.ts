import { isRecord, type JsonRecord, valueAt } from '../text/json.ts';
import { recordsAt } from './otlp.ts';
import { type Span, spanDocument } from './spandocument.ts';

/** What Jaeger's page and its HTTP API give out: data, traces, spans with startTime and duration in microseconds, processes by id. */
export const jaeger = spanDocument({
  name: 'jaeger',
  title: 'Jaeger traces',
  about: 'Traces as Jaeger gives them out in JSON, at most 512 MB; spans of servers are the requests',
  timeUnit: 'us',
  begins: /^\s*\{\s*"data"\s*:\s*\[\s*\{\s*"traceID"\s*:/,
  spansOf: (document) =>
    recordsAt(document, 'data').flatMap((trace) =>
      recordsAt(trace, 'spans').map((span) => spanOf(span, trace)),
    ),
});

function spanOf(span: JsonRecord, trace: JsonRecord): Span {
  const tags = Object.fromEntries(recordsAt(span, 'tags').map(({ key, value }) => [String(key), value]));
  const service = valueAt(trace, ['processes', String(span.processID), 'serviceName']);
  return {
    fields: { 'service.name': service, ...tags, name: span.operationName },
    start: String(span.startTime ?? ''),
    durationUs: Number(span.duration) || 0,
    isServer: tags['span.kind'] === 'server',
    isRoot: !Array.isArray(span.references) || span.references.filter(isRecord).length === 0,
  };
}
