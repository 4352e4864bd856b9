import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { ServiceError } from '../../errors.ts';
import { storeErrorOf } from './client.ts';

export const tableName = 'RateLimitCounters';

const madeWithinSeconds = 120;

/** Whether there is a table of ours. Throws ServiceError when one of that name has other keys, or is not active. */
export async function tableExists(client: DynamoDBClient): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (keysOf(Table) !== 'identifier HASH, window_timestamp RANGE') {
      throw new ServiceError(
        `the table ${tableName} has the keys ${keysOf(Table)}, and must have identifier (string) HASH and window_timestamp (number) RANGE`,
      );
    }
    if (Table?.TableStatus !== 'ACTIVE') {
      throw new ServiceError(`the table ${tableName} is ${Table?.TableStatus}; try again when that is over`);
    }
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

function keysOf(table: TableDescription | undefined): string {
  return (table?.KeySchema ?? [])
    .map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`)
    .join(', ');
}

/** Makes the table and waits until it can be used. It is paid by request, and forgets items by their `ttl`. */
export async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'identifier', AttributeType: 'S' },
        { AttributeName: 'window_timestamp', AttributeType: 'N' },
        { AttributeName: 'tenant_id', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'identifier', KeyType: 'HASH' },
        { AttributeName: 'window_timestamp', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'tenant_id',
          KeySchema: [{ AttributeName: 'tenant_id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' }, // with the counts in it, each decision would pay for two writes
        },
      ],
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: madeWithinSeconds, minDelay: 1 },
    { TableName: tableName },
  );
  const forgetting = { AttributeName: 'ttl', Enabled: true };
  await client
    .send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: forgetting }))
    .catch(() => {}); // only the net under a lost run, and not all that stands in for AWS can do it
}

/** Throws ServiceError when it stays. */
export async function deleteTable(client: DynamoDBClient): Promise<void> {
  try {
    await client.send(new DeleteTableCommand({ TableName: tableName }));
  } catch (error) {
    const { message } = storeErrorOf(error);
    throw new ServiceError(`the table ${tableName}, which this run made, could not be deleted: ${message}`);
  }
}
