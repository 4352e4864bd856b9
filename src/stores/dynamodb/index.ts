import { ServiceError } from '../../errors.ts';
import type { Store } from '../store.ts';
import { unreachable } from '../unreachable.ts';
import { nameOf, parseDynamodbAddress } from './address.ts';
import { connect, storeErrorOf } from './client.ts';
import { DynamodbStore } from './dynamodb-store.ts';
import { tableName } from './table.ts';

export interface DynamodbOptions {
  /** What the names of all state begin with; also the tenant_id of the run's items. */
  readonly prefix: string;
  /** A request without an answer is given up after so long. */
  readonly timeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Opens the DynamoDB of `dynamodb://region` or `dynamodb+http://host:port`, and makes the table if there is none. Throws
 * UsageError for an address that cannot be read, ServiceError for a service that cannot be used.
 */
export async function openDynamodb(
  text: string,
  { prefix, timeoutMs, env }: DynamodbOptions,
): Promise<Store> {
  const address = parseDynamodbAddress(text);
  const name = nameOf(address);
  const client = connect(address, timeoutMs, env);
  const store = new DynamodbStore(client, `DynamoDB table ${tableName}, ${name}`, prefix);
  try {
    await store.ensureTable();
  } catch (error) {
    client.destroy();
    throw new ServiceError(`${name}: cannot be used: ${reason(error)}`);
  }
  return store;
}

function reason(error: unknown): string {
  if (error instanceof ServiceError) return error.message;
  const { kind, message } = storeErrorOf(error);
  const absent = unreachable(message, 'start DynamoDB Local');
  if (absent !== undefined) return absent;
  if (kind === 'CredentialsProviderError') {
    return 'there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE';
  }
  return kind === 'connection' || kind === 'timeout' ? message : `${kind}: ${message}`;
}
