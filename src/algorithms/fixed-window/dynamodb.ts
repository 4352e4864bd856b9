import type { LimiterContext, Quota } from '../algorithm.ts';
import {
  type DynamodbAnswer,
  type DynamodbOperation,
  type DynamodbSequence,
  type DynamodbTwin,
  noWindow,
  numberOf,
  readThenWrite,
} from '../dynamodb/dynamodb.ts';
import type { SequenceDecision, SequenceRequest } from '../sequence.ts';
import type { FixedWindowParams } from './fixed-window.ts';
import { inWindow, mayCount, startUs, windowStep } from './window.ts';

/** Conditional updates: a request that the condition refuses counts nothing, so nothing races and nothing is given back. */
export const dynamodbFixedWindow: DynamodbTwin<FixedWindowParams> = (quota, params, context) => ({
  atomic: params.align === 'epoch' ? aligned(quota, params, context) : fromFirst(quota, params),
  'read-then-write': readThenWrite(windowStep(quota, params, context)),
});

/** An item for each window, whose sort key is the window's start in microseconds since 1970. */
function aligned(quota: Quota, params: FixedWindowParams, context: LimiterContext): DynamodbSequence {
  return function* (request) {
    const { key, nowUs, cost } = request;
    const windowUs = startUs(quota, params, context, nowUs);
    const window = windowUs + context.epochUs;
    if (!mayCount(quota, params, cost)) {
      const { item } = yield { operation: 'get', key, window };
      return inWindow(quota, request, windowUs, usedIn(item), cost === 0);
    }
    const answer = yield {
      operation: 'update',
      key,
      window,
      set: '#count = if_not_exists(#count, :none) + :cost',
      ...(!params.count_rejected && { condition: 'attribute_not_exists(#count) OR #count <= :room' }),
      values: {
        ':cost': BigInt(cost),
        ':none': 0n,
        ...(!params.count_rejected && { ':room': BigInt(quota.limit - cost) }),
      },
      keepUs: windowUs + quota.periodUs - nowUs,
    };
    const used = usedIn(answer.item);
    return inWindow(quota, request, windowUs, used, answer.done && used <= quota.limit);
  };
}

/**
 * One item for all windows, which also says when its window started. One update is for a window that is over, and one for
 * a window that is open.
 */
function fromFirst(quota: Quota, params: FixedWindowParams): DynamodbSequence {
  return function* (request) {
    if (!mayCount(quota, params, request.cost)) {
      const { item } = yield { operation: 'get', key: request.key, window: noWindow };
      return seen(item, quota, request);
    }
    return yield* openOrCount(quota, params, request);
  };
}

function* openOrCount(
  quota: Quota,
  params: FixedWindowParams,
  request: SequenceRequest,
): ReturnType<DynamodbSequence> {
  for (;;) {
    for (const update of [opening(quota, request), counting(quota, params, request)]) {
      const { done, item } = yield update;
      const used = usedIn(item);
      if (done) return inWindow(quota, request, startOf(item, request.nowUs), used, used <= quota.limit);
      const decision = seen(item, quota, request);
      if (!decision.allowed && !params.count_rejected) return decision; // one write is enough to know
    }
  }
}

function opening(quota: Quota, { key, nowUs, cost }: SequenceRequest): DynamodbOperation {
  return {
    operation: 'update',
    key,
    window: noWindow,
    set: '#window_start = :now, #count = :cost',
    condition: 'attribute_not_exists(#window_start) OR #window_start <= :expired',
    values: { ':now': BigInt(nowUs), ':cost': BigInt(cost), ':expired': BigInt(nowUs - quota.periodUs) },
    keepUs: quota.periodUs,
  };
}

function counting(
  quota: Quota,
  { count_rejected }: FixedWindowParams,
  { key, cost }: SequenceRequest,
): DynamodbOperation {
  return {
    operation: 'update',
    key,
    window: noWindow,
    set: '#count = #count + :cost',
    condition: count_rejected ? 'attribute_exists(#count)' : '#count <= :room',
    values: { ':cost': BigInt(cost), ...(!count_rejected && { ':room': BigInt(quota.limit - cost) }) },
    keepUs: quota.periodUs,
  };
}

/** The decision by an item whose window may be over, and in which the request is not counted. */
function seen(item: DynamodbAnswer['item'], quota: Quota, request: SequenceRequest): SequenceDecision {
  const { nowUs, cost } = request;
  const start = startOf(item, Number.NaN);
  const isOpen = nowUs < start + quota.periodUs;
  const used = isOpen ? usedIn(item) : 0;
  const fits = cost === 0 || used + cost <= quota.limit;
  return inWindow(quota, request, isOpen ? start : nowUs, used, fits);
}

function usedIn(item: DynamodbAnswer['item']): number {
  return Number(numberOf(item, 'count') ?? 0n);
}

function startOf(item: DynamodbAnswer['item'], otherwiseUs: number): number {
  return Number(numberOf(item, 'window_start') ?? otherwiseUs);
}
