import { isRecord } from '../text/json.ts';
import { jsonFormat } from './jsonlog.ts';

/**
 * Kong's logging plugins (http-log, file-log and their kin): started_at in milliseconds, latencies.request the whole time in
 * milliseconds. A consumer is whom Kong's own rate limiting counts by when there is one, else the address.
 */
export const kong = jsonFormat({
  name: 'kong',
  title: 'Kong JSON log',
  about: "Entries of Kong's logging plugins; the key is the consumer, or without one the address",
  isRequest: (record) => 'started_at' in record && isRecord(record.latencies) && isRecord(record.request),
  time: 'started_at',
  timeUnit: 'ms',
  key: 'consumer.id|consumer.username|client_ip',
  duration: 'latencies.request',
  durationUnitUs: 1e3,
});
