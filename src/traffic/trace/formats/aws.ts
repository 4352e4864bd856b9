import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { QuotedSplitter } from '../text/quoted.ts';

/** "Access logs for your Application Load Balancer", syntax of access log entries (AWS documentation). */
const albFields = (
  'type time elb client:port target:port request_processing_time target_processing_time response_processing_time ' +
  'elb_status_code target_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol ' +
  'target_group_arn trace_id domain_name chosen_cert_arn matched_rule_priority request_creation_time ' +
  'actions_executed redirect_url error_reason target:port_list target_status_code_list classification ' +
  'classification_reason conn_trace_id'
).split(' ');

/** "Access logs for your Classic Load Balancer" (AWS documentation). */
const clbFields = (
  'time elb client:port backend:port request_processing_time backend_processing_time response_processing_time ' +
  'elb_status_code backend_status_code received_bytes sent_bytes request user_agent ssl_cipher ssl_protocol'
).split(' ');

/** "Access logs for your Network Load Balancer", access log entries (AWS documentation): one a TLS connection, when it ended. */
const nlbFields = (
  'type version time elb listener client:port destination:port connection_time tls_handshake_time received_bytes ' +
  'sent_bytes incoming_tls_alert chosen_cert_arn chosen_cert_serial tls_cipher tls_protocol_version tls_named_group ' +
  'domain_name alpn_fe_protocol alpn_be_protocol alpn_client_preference_list tls_connection_creation_time'
).split(' ');

const nlbRoles: FieldRoles = {
  time: ['time'],
  startedAt: 'tls_connection_creation_time',
  endsAt: true,
  key: ['client:port'],
  durations: ['connection_time'],
  durationUnitUs: 1e3,
};

/**
 * ALB: `time` is when the response was made, `request_creation_time` when the request came; the second is the arrival.
 * Logs from before it existed give `time` minus the processing times.
 */
const albRoles: FieldRoles = {
  time: ['time'],
  startedAt: 'request_creation_time',
  endsAt: true,
  key: ['client:port'],
  durations: ['request_processing_time', 'target_processing_time', 'response_processing_time'],
};

/** CLB: `time` is when the load balancer received the request. */
const clbRoles: FieldRoles = {
  time: ['time'],
  key: ['client:port'],
  durations: ['request_processing_time', 'backend_processing_time', 'response_processing_time'],
};

/** Whether the words of the first lines stand where the load balancer puts them. */
function looksLike(context: FormatContext, pattern: RegExp): boolean {
  return context.options.format !== undefined || context.sample.lines.some((line) => pattern.test(line));
}

export const alb: TraceFormat = {
  name: 'alb',
  title: 'AWS Application Load Balancer log',
  about: 'Access log of an AWS Application Load Balancer; the arrival is request_creation_time',
  defaults: {
    time: 'request_creation_time',
    key: 'client:port',
    duration: 'the sum of the processing times',
  },
  open(context: FormatContext): TraceParser | undefined {
    if (!looksLike(context, /^(?:https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT/)) return undefined;
    const splitter = new QuotedSplitter(albFields, 13);
    return new FieldLines(alb.title, splitter, rolesFor(albRoles, context), context);
  },
};

export const clb: TraceFormat = {
  name: 'clb',
  title: 'AWS Classic Load Balancer log',
  about: 'Access log of an AWS Classic Load Balancer',
  defaults: { time: 'time', key: 'client:port', duration: 'the sum of the processing times' },
  open(context: FormatContext): TraceParser | undefined {
    if (!looksLike(context, /^\d{4}-\d\d-\d\dT\S+ \S+ \S+:\d+ \S+ -?[\d.]+ /)) return undefined;
    const splitter = new QuotedSplitter(clbFields, 12);
    return new FieldLines(clb.title, splitter, rolesFor(clbRoles, context), context);
  },
};

export const nlb: TraceFormat = {
  name: 'nlb',
  title: 'AWS Network Load Balancer log',
  about: 'TLS connections of an AWS Network Load Balancer; the arrival is tls_connection_creation_time',
  defaults: { time: 'tls_connection_creation_time', key: 'client:port', duration: 'connection_time' },
  open(context: FormatContext): TraceParser | undefined {
    if (!looksLike(context, /^tls \d\.\d \d{4}-\d\d-\d\dT\S+ net\//)) return undefined;
    const splitter = new QuotedSplitter(nlbFields, 12);
    return new FieldLines(nlb.title, splitter, rolesFor(nlbRoles, context), context);
  },
};
