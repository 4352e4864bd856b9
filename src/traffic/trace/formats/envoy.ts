import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { QuotedSplitter } from '../text/quoted.ts';
import { jsonFormat } from './jsonlog.ts';

/** Envoy, "Access logging": START_TIME is when the request began, DURATION in milliseconds; Istio's names as well. */
export const envoy = jsonFormat({
  name: 'envoy',
  title: 'Envoy JSON log',
  about: 'JSON access log of Envoy and Istio with the usual names of its fields',
  isRequest: (record) => 'start_time' in record && ('duration' in record || 'response_code' in record),
  time: 'start_time',
  key: 'downstream_remote_address|downstream_direct_remote_address|x_forwarded_for|downstream_remote_address_without_port',
  duration: 'duration',
  durationUnitUs: 1e3,
});

/** Envoy, "Access logging", default format string: START_TIME in brackets, then the request, DURATION in ms and more. */
const textFields = (
  'start_time request response_code response_flags bytes_received bytes_sent duration upstream_service_time ' +
  'x_forwarded_for user_agent request_id authority upstream_host'
).split(' ');

const textRoles: FieldRoles = {
  time: ['start_time'],
  key: ['x_forwarded_for'],
  durations: ['duration'],
  durationUnitUs: 1e3,
};

export const envoyText: TraceFormat = {
  name: 'envoy-text',
  title: 'Envoy text log',
  about: 'Access log of Envoy in its default text format',
  defaults: { time: 'start_time', key: 'x_forwarded_for', duration: 'duration' },
  open(context) {
    const first = /^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] "/;
    if (context.options.format !== envoyText.name && !context.sample.lines.some((line) => first.test(line)))
      return undefined;
    return new FieldLines(
      envoyText.title,
      new QuotedSplitter(textFields, 12),
      rolesFor(textRoles, context),
      context,
    );
  },
};
