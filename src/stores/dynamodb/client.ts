import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { StoreError } from '../store.ts';
import type { DynamodbAddress } from './address.ts';

/** Requests under way at once; more wait in the client. */
const connections = 256;

/**
 * A client that sends nothing twice: a request without an answer may have been carried out, and a limiter that counts
 * twice is wrong. Credentials are those that the AWS CLI would take: environment, profile, container, instance.
 */
export function connect(address: DynamodbAddress, timeoutMs: number, env: NodeJS.ProcessEnv): DynamoDBClient {
  // The SDK would warn that later versions of it want a later Node: not the user's concern, as we bundle this one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({
    ...placeOf(address, env),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: connections },
      httpsAgent: { keepAlive: true, maxSockets: connections },
    },
  });
}

function placeOf(address: DynamodbAddress, env: NodeJS.ProcessEnv): DynamoDBClientConfig {
  if ('region' in address) return address;
  const hasCredentials = env.AWS_ACCESS_KEY_ID !== undefined || env.AWS_PROFILE !== undefined;
  return {
    endpoint: address.endpoint,
    region: env.AWS_REGION ?? 'us-east-1',
    // What stands in for AWS wants a signature, and does not check it.
    ...(!hasCredentials && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  };
}

/** Calls back with the server's time, in seconds since 1970, at each answer. */
export function watchClock(client: DynamoDBClient, tell: (unixSeconds: number) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { readonly headers: Readonly<Record<string, string>> }; // an HTTP response
      const unixMs = Date.parse(headers.date);
      if (!Number.isNaN(unixMs)) tell(unixMs / 1000);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'watchClock' }, // before errors are made of answers
  );
}

/** `kind` is AWS's own word, such as ThrottlingException or ProvisionedThroughputExceededException, when there was an answer. */
export function storeErrorOf(error: unknown): StoreError {
  if (!(error instanceof Error)) return new StoreError('connection', String(error));
  const { code, name, message } = error as NodeJS.ErrnoException; // it has a code when it comes from a socket
  if (code === undefined) return new StoreError(name === 'TimeoutError' ? 'timeout' : name, message);
  return new StoreError(code === 'ETIMEDOUT' ? 'timeout' : 'connection', message || code);
}
