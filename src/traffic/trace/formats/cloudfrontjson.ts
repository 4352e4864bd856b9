import { jsonFormat } from './jsonlog.ts';

/** Amazon CloudFront, "Standard logging (access logs)", JSON: the fields of the W3C form; written at the end, time-taken in seconds. */
export const cloudfrontJson = jsonFormat({
  name: 'cloudfront-json',
  title: 'CloudFront JSON log',
  about: 'Standard log of Amazon CloudFront in JSON',
  isRequest: (record) => 'x-edge-location' in record && 'date' in record && 'time' in record,
  time: ['date', 'time'],
  key: 'c-ip',
  duration: 'time-taken',
  durationUnitUs: 1e6,
  endsAt: true,
});
