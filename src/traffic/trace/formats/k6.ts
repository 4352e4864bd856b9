import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/**
 * k6, "JSON output": one http_req_duration point a request, in milliseconds, whose time is the end of the response
 * (k6 lib/netext/httpext, Trail.EndTime). Points of other metrics are not requests.
 */
export const k6 = jsonFormat({
  name: 'k6',
  title: 'k6 JSON output',
  about: 'Samples written by k6 run --out json; each http_req_duration point is a request',
  isRequest: (record) => record.type === 'Point' && record.metric === 'http_req_duration',
  isOurs: (record) => (record.type === 'Point' || record.type === 'Metric') && isRecord(record.data),
  time: 'data.time',
  key: 'data.metadata.key|data.tags.tenant|data.tags.key|data.tags.client|data.tags.user|data.tags.name|data.tags.url',
  duration: 'data.value',
  durationUnitUs: 1e3,
  endsAt: true,
});
