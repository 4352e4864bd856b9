import { jsonFormat } from './jsonlog.ts';

/** Cloudflare Logpush, "HTTP requests" dataset: RFC 3339, seconds or nanoseconds by the job's timestamp format. */
export const cloudflare = jsonFormat({
  name: 'cloudflare',
  title: 'Cloudflare Logpush',
  about: 'HTTP requests dataset of Cloudflare Logpush, in any of its timestamp formats',
  isRequest: (record) => 'EdgeStartTimestamp' in record,
  time: 'EdgeStartTimestamp',
  key: 'ClientIP',
  duration: 'EdgeTimeToFirstByteMs|OriginResponseDurationMs',
  durationUnitUs: 1e3,
});
