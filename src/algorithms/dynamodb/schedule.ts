import { aheadTicks, decided, neededTicks, nowTicks, type Schedule, scheduleStep } from '../schedule.ts';
import type { SequenceDecision, SequenceRequest } from '../sequence.ts';
import { ticksToUs } from '../ticks.ts';
import {
  type DynamodbAnswer,
  type DynamodbOperation,
  type DynamodbSequence,
  type DynamodbSequences,
  noWindow,
  numberOf,
  readThenWrite,
} from './dynamodb.ts';

/**
 * GCRA and its relatives in conditional updates, none of which depends on an earlier read. An expression has no maximum,
 * so max(TAT, now) + cost is two updates: one for a rested key, one for TAT after now. TAT never goes back, so a key that
 * was not rested for the first is not rested for the second: nobody has to try again, unless the item is deleted in between.
 */
export function scheduleSequences(schedule: Schedule): DynamodbSequences {
  return { atomic: conditional(schedule), 'read-then-write': readThenWrite(scheduleStep(schedule)) };
}

function conditional(schedule: Schedule): DynamodbSequence {
  return function* (request) {
    const { cost } = request;
    const opens = schedule.newTicks > 0 && cost > 0;
    if (cost === 0 || neededTicks(schedule, cost) > schedule.depthTicks) {
      return seen(schedule, request, yield opens ? open(schedule, request) : read(request));
    }
    if (opens) yield open(schedule, request);
    return yield* take(schedule, request);
  };
}

function* take(schedule: Schedule, request: SequenceRequest): ReturnType<DynamodbSequence> {
  for (;;) {
    for (const update of [whenRested, whenAhead]) {
      const answer = yield update(schedule, request);
      if (answer.done) return taken(schedule, request, answer);
      const refusal = seen(schedule, request, answer);
      if (!refusal.allowed) return refusal; // one write is enough to know
    }
  }
}

/** The decision by an item that nothing was taken from. */
function seen(
  schedule: Schedule,
  { nowUs, cost }: SequenceRequest,
  { item }: DynamodbAnswer,
): SequenceDecision {
  return decided(schedule, aheadTicks(schedule, numberOf(item, 'tat'), nowUs), cost);
}

/** The decision by an item that `cost` was just taken from. */
function taken(
  schedule: Schedule,
  { nowUs, cost }: SequenceRequest,
  { item }: DynamodbAnswer,
): SequenceDecision {
  return decided(
    schedule,
    aheadTicks(schedule, numberOf(item, 'tat'), nowUs) - cost * schedule.perUnit,
    cost,
  );
}

function read({ key }: SequenceRequest): DynamodbOperation {
  return { operation: 'get', key, window: noWindow };
}

/** A new bucket that is not full starts to fill at its first request, even when that is refused. */
function open(schedule: Schedule, { key, nowUs }: SequenceRequest): DynamodbOperation {
  return {
    operation: 'update',
    key,
    window: noWindow,
    set: '#tat = :tat',
    condition: 'attribute_not_exists(#tat)',
    values: { ':tat': nowTicks(schedule, nowUs) + BigInt(schedule.newTicks) },
    keepUs: ticksToUs(schedule.newTicks, schedule.perUs),
  };
}

function whenRested(schedule: Schedule, { key, nowUs, cost }: SequenceRequest): DynamodbOperation {
  const now = nowTicks(schedule, nowUs);
  const taken = cost * schedule.perUnit;
  return {
    operation: 'update',
    key,
    window: noWindow,
    set: '#tat = :tat',
    condition: 'attribute_not_exists(#tat) OR #tat <= :now',
    values: { ':tat': now + BigInt(taken), ':now': now },
    keepUs: ticksToUs(taken, schedule.perUs),
  };
}

function whenAhead(schedule: Schedule, { key, nowUs, cost }: SequenceRequest): DynamodbOperation {
  const room = schedule.depthTicks - neededTicks(schedule, cost);
  const taken = cost * schedule.perUnit;
  return {
    operation: 'update',
    key,
    window: noWindow,
    set: '#tat = #tat + :taken',
    condition: '#tat <= :latest',
    values: { ':taken': BigInt(taken), ':latest': nowTicks(schedule, nowUs) + BigInt(room) },
    keepUs: ticksToUs(room + taken, schedule.perUs), // at most
  };
}
