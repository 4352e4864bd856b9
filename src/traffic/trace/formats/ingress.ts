import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { defaultsOf, type FieldRoles, rolesFor } from '../roles.ts';
import { parseTemplate, TemplateSplitter, templateRoles } from './nginx.ts';

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
      return new FieldLines(title, new TemplateSplitter(parsed), rolesFor(roles, context), context);
    },
  };
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
