import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { QuotedSplitter } from '../text/quoted.ts';

/** "Amazon S3 server access log format" (AWS documentation): time is when the request was received, total_time in ms. */
const fields = (
  'bucket_owner bucket time remote_ip requester request_id operation object_key request status error_code bytes_sent ' +
  'object_size total_time turn_around_time referer agent version_id host_id signature_version cipher_suite ' +
  'authentication_type host_header tls_version access_point_arn acl_required'
).split(' ');

const roles: FieldRoles = {
  time: ['time'],
  key: ['remote_ip'],
  durations: ['total_time'],
  durationUnitUs: 1e3,
};

export const s3: TraceFormat = {
  name: 's3',
  title: 'Amazon S3 access log',
  about: 'Server access log of Amazon S3',
  defaults: { time: 'time', key: 'remote_ip', duration: 'total_time' },
  open(context) {
    const entry = /^\S+ \S+ \[\d\d\/\w{3}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S+ \S+ \S+ [A-Z0-9_]+\.\S+ /;
    if (context.options.format !== s3.name && !context.sample.lines.some((line) => entry.test(line)))
      return undefined;
    return new FieldLines(s3.title, new QuotedSplitter(fields, 17), rolesFor(roles, context), context);
  },
};
