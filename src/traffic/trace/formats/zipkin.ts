import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** Zipkin v2 API: a list of spans, timestamp and duration in microseconds. A span of a server is a request, as is one of no kind above which none is. */
export const zipkin = jsonFormat({
  name: 'zipkin',
  title: 'Zipkin spans',
  about: 'Spans as Zipkin gives them out in JSON; those of servers are the requests',
  isRequest: ({ kind, parentId }) => kind === 'SERVER' || (kind === undefined && parentId === undefined),
  isOurs: (record) => 'traceId' in record && 'id' in record && isRecord(record.localEndpoint),
  time: 'timestamp',
  timeUnit: 'us',
  key: 'remoteEndpoint.ipv4|remoteEndpoint.ipv6|remoteEndpoint.serviceName|localEndpoint.serviceName',
  duration: 'duration',
  durationUnitUs: 1,
});
