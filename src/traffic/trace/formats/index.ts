import type { TraceFormat } from '../format.ts';
import { adguardHome } from './adguardhome.ts';
import { alibabaCalls } from './alibabacalls.ts';
import { apacheBench } from './apachebench.ts';
import { apiGateway, apiGatewayXml } from './apigateway.ts';
import { alb, clb, nlb } from './aws.ts';
import { azure } from './azure.ts';
import { caddy } from './caddy.ts';
import {
  combined,
  common,
  forwardedCombined,
  forwardedCommon,
  prefixedCombined,
  prefixedCommon,
  vhostCombined,
  vhostCommon,
} from './clf.ts';
import { cloudflare } from './cloudflare.ts';
import { cloudfrontJson } from './cloudfrontjson.ts';
import { counts } from './counts.ts';
import { csv } from './csv.ts';
import { djangoServer } from './django.ts';
import { dnsQueries } from './dnsqueries.ts';
import { envoy, envoyText } from './envoy.ts';
import { epa } from './epa.ts';
import { gatling } from './gatling.ts';
import { gin } from './gin.ts';
import { googleCloud } from './googlecloud.ts';
import { haproxy } from './haproxy.ts';
import { har } from './har.ts';
import { hey } from './hey.ts';
import { ibmCos } from './ibmcos.ts';
import { ids } from './ids.ts';
import { ingressNginx, traefikClf } from './ingress.ts';
import { jaeger } from './jaeger.ts';
import { jmeterCsv } from './jmetercsv.ts';
import { jmeterXml } from './jmeterxml.ts';
import { jsonLines } from './jsonlines.ts';
import { k6 } from './k6.ts';
import { k6Csv } from './k6csv.ts';
import { kong } from './kong.ts';
import { kubernetesAudit } from './kubernetesaudit.ts';
import { herokuRouter, logfmt } from './logfmt.ts';
import { ltsv } from './ltsv.ts';
import { bailian, mooncake } from './mooncake.ts';
import { mysqlGeneral } from './mysqlgeneral.ts';
import { nginx } from './nginx.ts';
import { oracleGeneral } from './oraclegeneral.ts';
import { otlp } from './otlp.ts';
import { ours } from './ours.ts';
import { pgbouncer } from './pgbouncer.ts';
import { postgresql } from './postgresql.ts';
import { prefixed } from './prefixed.ts';
import { rails } from './rails.ts';
import { redisMonitor } from './redismonitor.ts';
import { requestLines } from './requestlines.ts';
import { s3 } from './s3.ts';
import { shippedCsv } from './shippedcsv.ts';
import { squid } from './squid.ts';
import { tencentBlock } from './tencentblock.ts';
import { traefik } from './traefik.ts';
import { twitterCache } from './twittercache.ts';
import { vault } from './vault.ts';
import { vegetaCsv, vegetaJson } from './vegeta.ts';
import { cloudfront, iis, w3cExtended } from './w3c.ts';
import { wideCounts } from './wide.ts';
import { worldCup98 } from './worldcup98.ts';
import { dockerJson, shippedJson } from './wrapped.ts';
import { zeekJson, zeekTsv } from './zeek.ts';
import { zipkin } from './zipkin.ts';

/** The more particular first: of two that read a sample equally well the earlier one is taken. */
const unwrapped: readonly TraceFormat[] = [
  ingressNginx,
  traefikClf,
  forwardedCombined,
  vhostCombined,
  combined,
  forwardedCommon,
  vhostCommon,
  common,
  prefixedCombined,
  prefixedCommon,
  nginx,
  alb,
  nlb,
  clb,
  s3,
  cloudfront,
  cloudfrontJson,
  iis,
  w3cExtended,
  apiGateway,
  apiGatewayXml,
  cloudflare,
  azure,
  googleCloud,
  kong,
  kubernetesAudit,
  vault,
  haproxy,
  squid,
  epa,
  herokuRouter,
  redisMonitor,
  gin,
  djangoServer,
  dnsQueries,
  adguardHome,
  mysqlGeneral,
  postgresql,
  pgbouncer,
  rails,
  caddy,
  envoy,
  envoyText,
  traefik,
  zeekTsv,
  zeekJson,
  har,
  otlp,
  jaeger,
  zipkin,
  k6,
  k6Csv,
  gatling,
  jmeterXml,
  jmeterCsv,
  hey,
  apacheBench,
  vegetaJson,
  vegetaCsv,
  mooncake,
  bailian,
  twitterCache,
  tencentBlock,
  ibmCos,
  alibabaCalls,
  ours,
  wideCounts,
  ltsv,
  logfmt,
  counts,
  csv,
  jsonLines,
  requestLines,
  worldCup98,
  oracleGeneral,
  ids,
];

/** Those of single programs and services, that write lines of text. */
const programs = unwrapped.filter(({ generic, binary }) => !generic && !binary);

/** Every format, in the order in which they are tried. */
export const formats: readonly TraceFormat[] = [
  dockerJson(unwrapped),
  shippedJson(programs),
  shippedCsv(programs),
  ...unwrapped,
  prefixed(programs),
];
