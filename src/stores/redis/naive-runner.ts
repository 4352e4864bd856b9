import type { Cluster, Redis } from 'ioredis';
import type { LimiterContext, Quota } from '../../algorithms/algorithm.ts';
import {
  admitted,
  type NaiveDecision,
  type NaiveRequest,
  type NaiveSequence,
  type RoundTrip,
} from '../../algorithms/redis/naive.ts';

/** Decides one request by a naive sequence. Rejects with ioredis's error when a command fails, and goes no further. */
export async function runNaive(
  redis: Redis | Cluster,
  sequence: NaiveSequence,
  request: NaiveRequest,
  quota: Quota,
  context: LimiterContext,
): Promise<NaiveDecision> {
  if (request.cost === 0) return admitted;
  const steps = sequence(request, quota, context);
  let step = steps.next();
  while (!step.done) step = steps.next(await send(redis, step.value));
  return step.value;
}

/** Sends all commands in one write. A command by itself goes without the pipeline, which costs more than half the speed. */
async function send(redis: Redis | Cluster, { commands, multi }: RoundTrip): Promise<unknown[]> {
  if (commands.length === 1 && !multi) {
    const [name, ...args] = commands[0];
    return [await redis.call(name, ...args)];
  }
  const batch = multi ? redis.multi() : redis.pipeline();
  for (const [name, ...args] of commands) batch.call(name, ...args);
  const replies = (await batch.exec()) ?? []; // null only after WATCH, which nobody here sends
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
