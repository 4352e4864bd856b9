/** The one list of algorithms. To add one, write its folder and name it here. */
import type { Algorithm } from './algorithm.ts';
import { concurrency } from './concurrency/index.ts';
import { fixedWindow } from './fixed-window/index.ts';
import { gcra } from './gcra/index.ts';
import { leakyBucket } from './leaky-bucket/index.ts';
import { leakyBucketQueue } from './leaky-bucket-queue/index.ts';
import { slidingWindowCounter } from './sliding-window-counter/index.ts';
import { slidingWindowLog } from './sliding-window-log/index.ts';
import { tokenBucket } from './token-bucket/index.ts';

export const algorithms: readonly Algorithm[] = [
  fixedWindow,
  slidingWindowLog,
  slidingWindowCounter,
  tokenBucket,
  leakyBucket,
  leakyBucketQueue,
  gcra,
  concurrency,
];
