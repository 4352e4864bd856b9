/** The limiters of products, apart from `algorithms`: profiles name them. To add one, write its file and name it here. */
import type { Algorithm } from '../algorithm.ts';
import { envoyLocal } from './envoy-local.ts';
import { gubernatorLeakyBucket } from './gubernator-leaky-bucket.ts';
import { haproxy } from './haproxy.ts';
import { kongRedisSync } from './kong-redis-sync.ts';
import { limitsSlidingWindowCounter } from './limits-sliding-window.ts';
import { governor, throttled } from './nanosecond-gcra.ts';
import { nginx } from './nginx.ts';
import { rateLimiterFlexible } from './rate-limiter-flexible.ts';
import { redisCell } from './redis-cell.ts';
import { redisRate } from './redis-rate.ts';
import { slidingEstimate } from './sliding-estimate.ts';
import { springCloudGateway } from './spring-cloud-gateway.ts';
import { traefik } from './traefik.ts';
import { upstashTokenBucket } from './upstash-token-bucket.ts';
import { upstashFixedWindow, upstashSlidingWindow } from './upstash-windows.ts';
import { envoyGlobal, expressRateLimit, gubernatorTokenBucket, kong, limitsFixedWindow } from './windows.ts';
import { xTimeRate } from './x-time-rate.ts';

export const products: readonly Algorithm[] = [
  kong,
  kongRedisSync,
  envoyLocal,
  envoyGlobal,
  nginx,
  haproxy,
  traefik,
  springCloudGateway,
  governor,
  redisRate,
  redisCell,
  throttled,
  xTimeRate,
  rateLimiterFlexible,
  upstashFixedWindow,
  upstashSlidingWindow,
  upstashTokenBucket,
  expressRateLimit,
  limitsFixedWindow,
  limitsSlidingWindowCounter,
  gubernatorTokenBucket,
  gubernatorLeakyBucket,
  slidingEstimate,
];
