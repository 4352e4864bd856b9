import type { TraceFormat } from '../format.ts';
import { apiGateway } from './apigateway.ts';
import { alb, clb } from './aws.ts';
import { caddy } from './caddy.ts';
import { combined, common, prefixedCombined, prefixedCommon, vhostCombined, vhostCommon } from './clf.ts';
import { cloudflare } from './cloudflare.ts';
import { counts } from './counts.ts';
import { csv } from './csv.ts';
import { envoy, envoyText } from './envoy.ts';
import { haproxy } from './haproxy.ts';
import { har } from './har.ts';
import { ids } from './ids.ts';
import { jsonLines } from './jsonlines.ts';
import { k6 } from './k6.ts';
import { mooncake } from './mooncake.ts';
import { nginx } from './nginx.ts';
import { ours } from './ours.ts';
import { traefik } from './traefik.ts';
import { cloudfront, iis, w3cExtended } from './w3c.ts';
import { wideCounts } from './wide.ts';
import { zeekJson, zeekTsv } from './zeek.ts';

/** Every format, the more particular first: of two that read a sample equally well the earlier one is taken. */
export const formats: readonly TraceFormat[] = [
  vhostCombined,
  combined,
  vhostCommon,
  common,
  prefixedCombined,
  prefixedCommon,
  nginx,
  alb,
  clb,
  cloudfront,
  iis,
  w3cExtended,
  apiGateway,
  cloudflare,
  haproxy,
  caddy,
  envoy,
  envoyText,
  traefik,
  zeekTsv,
  zeekJson,
  har,
  k6,
  mooncake,
  ours,
  wideCounts,
  counts,
  csv,
  jsonLines,
  ids,
];
