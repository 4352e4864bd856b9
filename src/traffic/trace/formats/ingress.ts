import type { Skip } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { defaultsOf, type FieldRoles, rolesFor } from '../roles.ts';
import { dash } from '../text/bytes.ts';
import { wordEnd } from '../text/quoted.ts';
import type { Spans } from '../text/spans.ts';
import { clientStart } from './clfwords.ts';
import { parseTemplate, TemplateSplitter, templateRoles } from './nginx.ts';
import { AmongOwnLines } from './ownlines.ts';

/** A log of a proxy in front of services: the combined log, and how long the request took behind it. */
interface ProxyLog {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly template: string;
  /** What stands behind the combined part. */
  readonly tail: RegExp;
  readonly roles: FieldRoles;
}

const combinedPart =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ';

function proxyLog({ name, title, about, template, tail, roles }: ProxyLog): TraceFormat {
  const parsed = parseTemplate(combinedPart + template);
  return {
    name,
    title,
    about,
    defaults: defaultsOf(roles),
    open(context) {
      if (context.options.format !== name && !context.sample.lines.some((line) => tail.test(line)))
        return undefined;
      const splitter = AmongOwnLines.of(new ProxySplitter(parsed), context.sample.lines);
      return new FieldLines(title, splitter, rolesFor(roles, context), context);
    },
  };
}

/** Begins at the client, before which Kubernetes (CRI), docker compose or syslog may have written something. */
class ProxySplitter extends TemplateSplitter {
  override split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    const isClient = buf[wordEnd(buf, from, to) + 1] === dash;
    return super.split(buf, isClient ? from : clientStart(buf, from, to), to, spans, last);
  }
}

const ingressTail =
  '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr ' +
  '$upstream_response_length $upstream_response_time $upstream_status $req_id';

/** ingress-nginx, "Log format": the fields of nginx, whose time is that of the response. */
export const ingressNginx = proxyLog({
  name: 'ingress-nginx',
  title: 'ingress-nginx log',
  about: 'Access log of the NGINX ingress controller of Kubernetes in its default format',
  template: ingressTail,
  tail: /" \d+ \d+\.\d{3} \[[^\]]*\] \[[^\]]*\] \S/,
  roles: templateRoles(parseTemplate(combinedPart + ingressTail).variables),
});

/** Traefik, "CLF": behind the combined part the number of the request, router, server and duration; the time is the request's. */
export const traefikClf = proxyLog({
  name: 'traefik-clf',
  title: 'Traefik common log',
  about: 'Access log of Traefik in its default format, CLF with the duration behind it',
  template: '$request_count "$router" "$server" $duration',
  tail: /" \d+ "[^"]*" "[^"]*" \d+ms$/,
  roles: {
    time: ['time_local'],
    key: ['remote_addr'],
    durations: ['duration'],
    durationUnitUs: 1e3,
  },
});
