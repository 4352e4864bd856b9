/** The one list of profiles. To add one, write it in the file of its product and name it here. */
import { noneCalled } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import * as companies from './companies.ts';
import { doorman } from './doorman.ts';
import { envoyGlobal, envoyLocal, envoyLocal130 } from './envoy.ts';
import { governor, redisCell, redisRate, throttled } from './gcra-libraries.ts';
import { gubernatorGlobal, gubernatorLeakyBucket, gubernatorTokenBucket } from './gubernator.ts';
import { kongAdvanced, kongCluster, kongLocal, kongRedis, kongRedisSync } from './kong.ts';
import { bucket4jGreedy, bucket4jIntervally, xTimeRate } from './libraries.ts';
import * as limits from './limits.ts';
import { nginx, nginxNodelay } from './nginx.ts';
import { expressRateLimit, rateLimiterFlexible, rateLimiterFlexibleRedis } from './node-libraries.ts';
import type { Profile } from './profile.ts';
import { haproxy, springCloudGateway, traefik } from './proxies.ts';
import {
  upstashFixedWindow,
  upstashSlidingWindow,
  upstashTokenBucket,
  upstashTokenBucket22,
} from './upstash.ts';

export const profiles: readonly Profile[] = [
  kongLocal,
  kongCluster,
  kongRedis,
  kongRedisSync,
  kongAdvanced,
  envoyLocal,
  envoyLocal130,
  envoyGlobal,
  nginx,
  nginxNodelay,
  haproxy,
  traefik,
  springCloudGateway,
  governor,
  bucket4jGreedy,
  bucket4jIntervally,
  redisRate,
  redisCell,
  throttled,
  xTimeRate,
  rateLimiterFlexible,
  rateLimiterFlexibleRedis,
  upstashFixedWindow,
  upstashSlidingWindow,
  upstashTokenBucket,
  upstashTokenBucket22,
  expressRateLimit,
  limits.limitsFixedWindow,
  limits.limitsFixedWindowMemory,
  limits.limitsMovingWindow,
  limits.limitsSlidingWindowCounter,
  limits.limitsSlidingWindowCounterMemory,
  gubernatorTokenBucket,
  gubernatorLeakyBucket,
  gubernatorGlobal,
  doorman,
  companies.stripe,
  companies.awsApiGateway,
  companies.awsEc2,
  companies.github,
  companies.githubRest,
  companies.x,
  companies.xFixedWindow,
  companies.cloudflare,
  companies.cloudflareWaf,
  companies.shopify,
  companies.shopifyGraphql,
];

export const profileNames: readonly string[] = profiles.map(({ name }) => name);

/** Throws UsageError with the nearest name. */
export function findProfile(name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  throw new UsageError(noneCalled('profile', name, profileNames, '"ratelimit profiles" lists them'));
}
