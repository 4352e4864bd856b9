import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbAnswer, DynamodbOperation, DynamodbValue } from '../../algorithms/dynamodb/dynamodb.ts';
import { storeErrorOf } from './client.ts';
import { tableName } from './table.ts';

type Update = Extract<DynamodbOperation, { operation: 'update' }>;
type Item = Record<string, AttributeValue>;

/** What a refused write costs, for items up to 1 KB; the answer does not say it. */
const refusedWriteUnits = 1;

/** What all items have beside what the algorithm writes. */
export interface CommonAttributes {
  /** Seconds since 1970 from which the item may be forgotten. */
  ttl(keepUs: number): number;
  readonly tenant: string;
}

/** Does what algorithms ask for, and counts what it costs. Everything rejects with StoreError. */
export class Items {
  requests = 0;
  capacityUnits = 0;
  readonly #client: DynamoDBClient;

  constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  async execute(operation: DynamodbOperation, common: CommonAttributes): Promise<DynamodbAnswer> {
    const key = keyOf(operation.key, operation.window);
    try {
      if (operation.operation === 'get') return { done: true, item: itemOf(await this.#get(key)) };
      return await this.#update(updateOf(key, operation, common));
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  async delete(identifier: string, window: number): Promise<void> {
    await this.#client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(identifier, window) }));
  }

  async #get(key: Item): Promise<Item | undefined> {
    const { Item, ConsumedCapacity } = await this.#client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: key,
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    this.#pay(ConsumedCapacity);
    return Item;
  }

  async #update(input: UpdateItemCommandInput): Promise<DynamodbAnswer> {
    try {
      const { Attributes, ConsumedCapacity } = await this.#client.send(new UpdateItemCommand(input));
      this.#pay(ConsumedCapacity);
      return { done: true, item: itemOf(Attributes) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      this.#pay({ CapacityUnits: refusedWriteUnits });
      // What stands in for AWS may be too old to hand over the item that did not meet the condition.
      return { done: false, item: itemOf(error.Item ?? (await this.#get(input.Key!))) }; // updateOf gave it a key
    }
  }

  #pay(consumed: ConsumedCapacity | undefined): void {
    this.requests++;
    this.capacityUnits += consumed?.CapacityUnits ?? 0;
  }
}

function keyOf(identifier: string, window: number): Item {
  return { identifier: { S: identifier }, window_timestamp: { N: String(window) } };
}

function updateOf(key: Item, { set, condition, values, keepUs }: Update, common: CommonAttributes) {
  const all = { ...values, ':ttl': BigInt(common.ttl(keepUs)), ':tenant': common.tenant };
  const assignments = `SET ${set}, #ttl = :ttl, #tenant_id = :tenant`;
  const names = `${assignments} ${condition ?? ''}`.match(/#\w+/g) ?? [];
  return {
    TableName: tableName,
    Key: key,
    UpdateExpression: assignments,
    ...(condition !== undefined && { ConditionExpression: condition }),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, attributeOf(value)]),
    ),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnConsumedCapacity: 'TOTAL',
  } satisfies UpdateItemCommandInput;
}

function attributeOf(value: DynamodbValue): AttributeValue {
  return typeof value === 'bigint' ? { N: String(value) } : { S: value };
}

function itemOf(item: Item | undefined): DynamodbAnswer['item'] {
  return (
    item &&
    Object.fromEntries(
      Object.entries(item).flatMap(([name, { N, S }]): [string, DynamodbValue][] => {
        if (N !== undefined) return [[name, BigInt(N)]];
        return S === undefined ? [] : [[name, S]];
      }),
    )
  );
}
