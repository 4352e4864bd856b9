/** What an algorithm has to say to be run in DynamoDB, and the sequences that serve any algorithm. */
import type { LimiterContext, Quota } from '../algorithm.ts';
import type { Sequence, Sequences, Step } from '../sequence.ts';

/** A number of up to 38 digits, or a text. */
export type DynamodbValue = bigint | string;

/**
 * A request about the item whose partition key is the name of the state. Expressions are DynamoDB's own: `#name` stands
 * for the attribute `name`, `:name` for a value. The store adds the attributes that all items have, `ttl` among them.
 */
export type DynamodbOperation =
  /** GetItem with a consistent read. */
  | { readonly operation: 'get'; readonly key: string; readonly window: number }
  /** UpdateItem, which makes the item if there is none; atomic, whether it has a condition or not. */
  | {
      readonly operation: 'update';
      readonly key: string;
      readonly window: number;
      /** The assignments of the SET clause. */
      readonly set: string;
      readonly condition?: string;
      readonly values: Readonly<Record<`:${string}`, DynamodbValue>>;
      /** Microseconds for which the item matters. */
      readonly keepUs: number;
    };

export interface DynamodbAnswer {
  /** False when the condition did not hold, so that nothing was written. */
  readonly done: boolean;
  /** The item as it is now; undefined when there is none. */
  readonly item: Readonly<Record<string, DynamodbValue>> | undefined;
}

export type DynamodbSequence = Sequence<DynamodbOperation, DynamodbAnswer>;
export type DynamodbSequences = Sequences<DynamodbOperation, DynamodbAnswer>;

/** The twin of an algorithm's limiter: decides alike, request by request. */
export type DynamodbTwin<Params> = (
  quota: Quota,
  params: Params,
  context: LimiterContext,
) => DynamodbSequences;

/** Sort key of state that is not of one window. */
export const noWindow = 0;

/** The number under a name, if there is an item with it. */
export function numberOf(item: DynamodbAnswer['item'], name: string): bigint | undefined {
  const value = item?.[name];
  return typeof value === 'bigint' ? value : undefined;
}

/**
 * Reads, decides, and writes if the state is still the one that was read; else decides again by what it is now. The
 * store ends what goes on for ever.
 */
export function optimistic(step: Step): DynamodbSequence {
  return function* (request) {
    let answer = yield { operation: 'get', key: request.key, window: noWindow };
    for (;;) {
      const state = stateOf(answer.item);
      const { decision, write } = step(state, request);
      if (!write) return decision;
      answer = yield {
        operation: 'update',
        key: request.key,
        window: noWindow,
        set: '#state = :state',
        condition: state === undefined ? 'attribute_not_exists(#state)' : '#state = :old',
        values: { ':state': write.state, ...(state === undefined ? {} : { ':old': state }) },
        keepUs: write.keepUs,
      };
      if (answer.done) return decision;
    }
  };
}

/** Reads, decides, and writes whatever others have written since: two that read the same state both take from it. */
export function readThenWrite(step: Step): DynamodbSequence {
  return function* (request) {
    const { key } = request;
    const { item } = yield { operation: 'get', key, window: noWindow };
    const { decision, write } = step(stateOf(item), request);
    if (write) {
      const { state, keepUs } = write;
      yield {
        operation: 'update',
        key,
        window: noWindow,
        set: '#state = :state',
        values: { ':state': state },
        keepUs,
      };
    }
    return decision;
  };
}

function stateOf(item: DynamodbAnswer['item']): string | undefined {
  const state = item?.state;
  return typeof state === 'string' ? state : undefined;
}
