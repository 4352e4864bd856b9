import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { closeBracket, openBracket, quote } from '../text/bytes.ts';
import { byteAt, QuotedSplitter } from '../text/quoted.ts';
import type { Spans } from '../text/spans.ts';
import { isDate } from './clfwords.ts';
import { jsonFormat } from './jsonlog.ts';
import { AmongOwnLines } from './ownlines.ts';

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

const common =
  'bytes_received bytes_sent duration upstream_service_time x_forwarded_for user_agent request_id authority upstream_host';
const sidecar =
  'upstream_cluster upstream_local_address downstream_local_address downstream_remote_address sni route';

/** A form of the text log: its fields, and what a line of it is like. */
interface TextForm {
  readonly title: string;
  readonly fields: string;
  readonly line: RegExp;
  readonly key: string;
}

/**
 * Envoy, "Access logging", default format string, and Istio, "Envoy Access Logs", default format, since 1.9 and before it. Istio says
 * whom Envoy takes for the client; Envoy's own format only what the client says of itself.
 */
const textForms: readonly TextForm[] = [
  {
    title: 'Istio text log',
    fields: `start_time request response_code response_flags details termination failure ${common} ${sidecar}`,
    line: /(?:^|\s)\[[\d-]{10}T[\d:.]+Z\] "[^"]*" \d+ \S+ [^" ]+ [^" ]+ "[^"]*" \d+ \d+ \d+ /,
    key: 'downstream_remote_address',
  },
  {
    title: 'Istio text log',
    fields: `start_time request response_code response_flags mixer_status failure ${common} ${sidecar}`,
    line: /(?:^|\s)\[[\d-]{10}T[\d:.]+Z\] "[^"]*" \d+ \S+ "[^"]*" "[^"]*" \d+ \d+ \d+ /,
    key: 'downstream_remote_address',
  },
  {
    title: 'Envoy text log',
    fields: `start_time request response_code response_flags ${common}`,
    line: /(?:^|\s)\[[\d-]{10}T[\d:.]+Z\] "/,
    key: 'x_forwarded_for',
  },
];

export const envoyText: TraceFormat = {
  name: 'envoy-text',
  title: 'Envoy text log',
  about: 'Access log of Envoy and of Istio in their default text formats',
  defaults: {
    time: 'start_time',
    key: 'x_forwarded_for, of Istio downstream_remote_address',
    duration: 'duration',
  },
  open(context) {
    const { sample, options } = context;
    const found = textForms.find(({ line }) => sample.lines.some((text) => line.test(text)));
    const form = found ?? (options.format === envoyText.name ? textForms[textForms.length - 1] : undefined);
    if (form === undefined) return undefined;
    const roles: FieldRoles = {
      time: ['start_time'],
      key: [form.key],
      durations: ['duration'],
      durationUnitUs: 1e3,
    };
    const splitter = AmongOwnLines.of(new TextSplitter(form.fields.split(' '), 12), sample.lines);
    return new FieldLines(form.title, splitter, rolesFor(roles, context), context);
  },
};

/** Begins at the time, before which Kubernetes (CRI), docker compose or syslog may have written something. */
class TextSplitter extends QuotedSplitter {
  override split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    let open = byteAt(buf, openBracket, from, to);
    while (open < to && !isDate(buf, open + 1)) open = byteAt(buf, openBracket, open + 1, to);
    const close = byteAt(buf, closeBracket, open, to);
    return buf[close + 2] === quote && close < to
      ? super.split(buf, open, to, spans, last)
      : skips.wrongShape;
  }
}
