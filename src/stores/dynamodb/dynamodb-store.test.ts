import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdsInTimeFor } from '../../algorithms/testing/law.ts';
import { ServiceError, UsageError } from '../../errors.ts';
import type { Store } from '../store.ts';
import {
  admittedOf,
  burst,
  decideInTurn,
  decideTogether,
  freshNames,
  inWallTime,
  rowNamed,
  testPrefix,
} from '../testing/rows.ts';
import { TestDynamodb } from '../testing/servers.ts';
import { openDynamodb } from './index.ts';

const options = { prefix: testPrefix, timeoutMs: 20_000, env: {} };
const ones = (count: number) => Array<number>(count).fill(1);

function clientFor(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
}

describe('a DynamoDB', () => {
  let server: TestDynamodb;
  let store: Store;
  let client: DynamoDBClient;

  beforeAll(async () => {
    server = await TestDynamodb.start();
    store = await openDynamodb(server.url, options);
    client = clientFor(server.endpoint);
  });

  afterAll(async () => {
    client?.destroy();
    await store?.close();
    await server?.stop();
  });

  test.each([
    ['fixed-window', 'atomic'],
    ['token-bucket', 'atomic'],
    ['leaky-bucket', 'atomic'],
    ['leaky-bucket-queue', 'atomic'],
    ['gcra', 'atomic'],
  ])('under 10/1m %s, access=%s, admits 10 of 50 at once', async (name, access) => {
    const limiter = await store.open(inWallTime(rowNamed(name, '10/1m', access)));
    expect(admittedOf(await decideTogether(limiter, burst(ones(50))))).toBe(10);
  });

  test.each(['fixed-window', 'token-bucket', 'gcra'])(
    '%s, access=read-then-write, admits more',
    async (name) => {
      const limiter = await store.open(inWallTime(rowNamed(name, '10/1m', 'read-then-write')));
      expect(admittedOf(await decideTogether(limiter, burst(ones(50))))).toBeGreaterThan(10);
    },
  );

  test('conditional updates admit no more than fits, and refuse only what does not', async () => {
    const limiter = await store.open(inWallTime(rowNamed('fixed-window', '10/1m')));
    const costs = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });
    await holdsInTimeFor(
      costs,
      async (costs) => {
        const decisions = await decideTogether(limiter, burst(costs));
        const used = costs.reduce((sum, cost, at) => sum + (decisions[at].allowed ? cost : 0), 0);
        const smallestRefused = Math.min(...costs.filter((_, at) => !decisions[at].allowed));
        expect(used).toBeLessThanOrEqual(10);
        expect(used + smallestRefused).toBeGreaterThan(10);
      },
      10,
    );
  });

  test('counts the capacity units of decisions', async () => {
    const limiter = await store.open(rowNamed('fixed-window', '5/1m'));
    expect(await limiter.usage()).toEqual({});
    const names = freshNames();
    await decideInTurn(limiter, burst(ones(5)), names);
    expect(await limiter.usage()).toEqual({ commandsPerDecision: 1, capacityUnitsPerDecision: 1 });
    await decideInTurn(limiter, burst(ones(5)), names);
    // The refused write is one unit too; dynalite does not hand over the item with it, so that it is read for another.
    expect(await limiter.usage()).toEqual({ commandsPerDecision: 1.5, capacityUnitsPerDecision: 1.5 });
  });

  test('writes items of the schema, which may be forgotten when they have had their effect', async () => {
    const names = freshNames();
    const row = rowNamed('fixed-window', '5/1m');
    const context = { epochUs: 1_764_000_030_000_000 }; // 30 s into a minute
    const limiter = await store.open(inWallTime({ ...row, context }));
    await decideInTurn(limiter, burst([1, 3], 31_000_000), names);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'RateLimitCounters' }));
    const [{ ttl, ...item }] = Items.filter(({ identifier }) => identifier.S === names(0));
    expect(item).toEqual({
      identifier: { S: names(0) },
      window_timestamp: { N: '1764000060000000' },
      tenant_id: { S: testPrefix },
      count: { N: '4' },
    });
    const leftSeconds = Number(ttl.N) - 1_764_000_061; // of a window that ends 59 s after the request
    expect(leftSeconds).toBeGreaterThan(0); // by the server's clock, which is later than that of the traffic
  });

  test('deletes the items that it wrote into a table that was there, and nothing else', async () => {
    const own = await openDynamodb(server.url, options);
    const [mine, theirs] = [freshNames()(0), freshNames()(0)];
    await client.send(
      new PutItemCommand({
        TableName: 'RateLimitCounters',
        Item: { identifier: { S: theirs }, window_timestamp: { N: '0' }, tenant_id: { S: 'them' } },
      }),
    );
    await decideInTurn(await own.open(rowNamed('gcra', '5/1m')), burst([1]), () => mine);
    expect(await own.clear()).toBe(true);
    await own.close();
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'RateLimitCounters' }));
    const left = Items.map(({ identifier }) => identifier.S);
    expect(left).toContain(theirs);
    expect(left).not.toContain(mine);
  });

  test('does not decide what needs a script, or several limits at once', () => {
    const row = rowNamed('gcra', '5/1m');
    expect(store.whyNot(row)).toBeUndefined();
    expect(store.whyNot(rowNamed('sliding-window-log', '5/1m'))).toMatch(
      /^sliding-window-log in DynamoDB: there is/,
    );
    expect(store.whyNot({ ...row, quotas: [...row.quotas, ...row.quotas] })).toMatch(
      /under 2 limits at once/,
    );
    expect(store.accesses(row.algorithm)).toEqual({ 'read-then-write': {} });
  });
});

describe('a table', () => {
  test('is made if there is none, and deleted at the end', async () => {
    const server = await TestDynamodb.start();
    const client = clientFor(server.endpoint);
    const describeTable = () => client.send(new DescribeTableCommand({ TableName: 'RateLimitCounters' }));
    const store = await openDynamodb(server.url, options);
    expect((await describeTable()).Table).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [
        { IndexName: 'tenant_id', KeySchema: [{ AttributeName: 'tenant_id', KeyType: 'HASH' }] },
      ],
    });
    await decideInTurn(await store.open(rowNamed('gcra', '1/1m')), burst([1]));
    expect(await store.clear()).toBe(true);
    expect((await client.send(new ScanCommand({ TableName: 'RateLimitCounters' }))).Count).toBe(0);
    await store.close();
    await expect(describeTable()).rejects.toThrow('not found');
    client.destroy();
    await server.stop();
  });

  test('that somebody else made is left', async () => {
    const server = await TestDynamodb.start();
    const first = await openDynamodb(server.url, options);
    const second = await openDynamodb(server.url, options);
    await second.close();
    expect(await first.isReady(0)).toBe(true);
    await first.close();
    await server.stop();
  });

  test('that is being made or deleted is not used yet', async () => {
    const { url, stop } = await answering(undefined, tableThatIs('DELETING'));
    await expect(openDynamodb(url, options)).rejects.toThrow(
      'the table RateLimitCounters is DELETING; try again',
    );
    stop();
  });

  test('of other keys is refused', async () => {
    const server = await TestDynamodb.start();
    const client = clientFor(server.endpoint);
    await client.send(
      new CreateTableCommand({
        TableName: 'RateLimitCounters',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    await expect(openDynamodb(server.url, options)).rejects.toThrow(
      /the table RateLimitCounters has the keys id HASH, and must have identifier/,
    );
    client.destroy();
    await server.stop();
  });
});

interface Answer {
  readonly status: number;
  readonly body: object;
}

const failure = (kind: string, message: string): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${kind}`, message },
});

const tableThatIs = (TableStatus: string): Answer => ({
  status: 200,
  body: {
    Table: {
      TableStatus,
      KeySchema: [
        { AttributeName: 'identifier', KeyType: 'HASH' },
        { AttributeName: 'window_timestamp', KeyType: 'RANGE' },
      ],
    },
  },
});

/** A server that knows its table, and says the same to every other request; nothing if there is no answer. */
async function answering(answer: Answer | undefined, toDescribe = tableThatIs('ACTIVE')) {
  const server = createServer((request, response) => {
    const isDescribe = request.headers['x-amz-target'] === 'DynamoDB_20120810.DescribeTable';
    const said = isDescribe ? toDescribe : answer;
    if (said) response.writeHead(said.status).end(JSON.stringify(said.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `dynamodb+http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a request that is not decided', () => {
  test.each([
    ['ThrottlingException', failure('ThrottlingException', 'slow down')],
    ['ProvisionedThroughputExceededException', failure('ProvisionedThroughputExceededException', 'too much')],
    ['timeout', undefined],
  ])('is an error of kind %s', async (kind, answer) => {
    const { url, stop } = await answering(answer);
    const store = await openDynamodb(url, { ...options, timeoutMs: 200 });
    const limiter = await store.open(rowNamed('gcra', '5/1m'));
    await expect(decideInTurn(limiter, burst([1]))).rejects.toMatchObject({ name: 'StoreError', kind });
    stop();
    await expect(decideInTurn(limiter, burst([1]))).rejects.toMatchObject({ kind: 'connection' });
    expect(await store.isReady(0)).toBe(false);
    expect(await store.clear()).toBe(false);
    await store.close();
  });
});

describe('a service that cannot be used', () => {
  test('says why', async () => {
    const refusal = failure('AccessDeniedException', 'you may not');
    const { url, stop } = await answering(refusal, refusal);
    const why = `${url}: cannot be used: AccessDeniedException: you may not`;
    await expect(openDynamodb(url, options)).rejects.toThrow(why);
    stop();
  });

  test('is one where nothing listens', async () => {
    const server = await TestDynamodb.start();
    const { url } = server;
    await server.stop();
    const error = await openDynamodb(url, options).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ServiceError);
    expect(String(error)).toBe(
      `ServiceError: ${url}: cannot be used: nothing listens there; start DynamoDB Local`,
    );
  });
});

test.each([
  'dynamodb://',
  'dynamodb+http://',
  'dynamodb+ftp://a',
  'dynamodb://EU',
  'dynamodb+http://AKIA:secret@localhost:8000',
  'dynamodb+http://localhost:99999',
])('%s is not an address, and is not repeated', async (address) => {
  const error = await openDynamodb(address, options).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toMatch(/write dynamodb:\/\/eu-central-1/);
  expect(String(error)).not.toContain('secret');
});
