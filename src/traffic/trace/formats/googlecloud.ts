import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/** Google Cloud Logging, LogEntry with an HttpRequest (load balancers, Cloud Run): latency is written with its unit, `0.05s`. */
export const googleCloud = jsonFormat({
  name: 'google-cloud',
  title: 'Google Cloud request log',
  about: 'Entries of Google Cloud Logging that have an httpRequest, as of its load balancers and Cloud Run',
  isRequest: (record) =>
    isRecord(record.httpRequest) && 'timestamp' in record && 'requestMethod' in record.httpRequest,
  time: 'timestamp',
  key: 'httpRequest.remoteIp',
  duration: 'httpRequest.latency',
  durationUnitUs: 1e6,
});
