/** For tests: distributed traces. */
import type { FormatSample } from './formats.samples.ts';

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const batch = (...spans: object[]) =>
  JSON.stringify({
    resourceSpans: [
      { resource: { attributes: [attribute('service.name', 'cart')] }, scopeSpans: [{ scope: {}, spans }] },
    ],
  });
const server = {
  kind: 2,
  name: 'GET /cart',
  startTimeUnixNano: '1700000000250000000',
  endTimeUnixNano: '1700000000300000000',
};
const client = {
  kind: 3,
  name: 'GET /store',
  parentSpanId: 'b1',
  startTimeUnixNano: '1700000000260000000',
  endTimeUnixNano: '1700000000270000000',
};
const jaegerSpan = (spanID: string, startTime: number, tags: object[], references: object[] = []) => ({
  traceID: 'a1',
  spanID,
  operationName: 'op',
  references,
  startTime,
  duration: 1500,
  tags,
  processID: 'p1',
});
const jaegerTraces = (...spans: object[]) =>
  JSON.stringify({ data: [{ traceID: 'a1', spans, processes: { p1: { serviceName: 'web' } } }] });

export const spanSamples: readonly FormatSample[] = [
  {
    shows: 'a batch a line: the spans of servers by who asked, else by the service',
    format: 'OpenTelemetry spans (OTLP JSON)',
    lines: [
      batch({ ...server, attributes: [attribute('client.address', '192.0.2.7')] }, client),
      batch({ ...server, startTimeUnixNano: '1700000000299000999' }),
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 50_000],
      ['2023-11-14T22:13:20.299Z', 'cart', 1, 999],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'a document without spans of servers: those at the root, by a name of their own',
    format: 'Jaeger traces',
    options: { key: 'tenant' },
    lines: [
      jaegerTraces(
        jaegerSpan('b1', 1_700_000_000_250_000, [{ key: 'tenant', type: 'string', value: 't1' }]),
        jaegerSpan('b2', 1_700_000_000_260_000, [], [{ refType: 'CHILD_OF', spanID: 'b1' }]),
      ),
    ],
    requests: [['2023-11-14T22:13:20.25Z', 't1', 1, 1_500]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'spans of servers only, by the service that asked',
    format: 'Zipkin spans',
    lines: [
      JSON.stringify([
        {
          traceId: 'a1',
          id: 'b1',
          kind: 'SERVER',
          timestamp: 1_700_000_000_250_000,
          duration: 50_000,
          localEndpoint: { serviceName: 'web' },
          remoteEndpoint: { serviceName: 'shop' },
        },
        {
          traceId: 'a1',
          id: 'b2',
          parentId: 'b1',
          kind: 'CLIENT',
          timestamp: 1_700_000_000_260_000,
          duration: 10_000,
          localEndpoint: { serviceName: 'web' },
        },
      ]),
    ],
    requests: [['2023-11-14T22:13:20.25Z', 'shop', 1, 50_000]],
    skipped: { 'not a request': 1 },
  },
];
