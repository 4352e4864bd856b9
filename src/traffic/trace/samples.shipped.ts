/** For tests: lines of one program in the objects of another. */
import type { FormatSample } from './formats.samples.ts';

const entry = (client: string, second: number) =>
  `${client} - - [14/Nov/2023:22:13:${second} +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8"`;
const shipped = (object: object) => JSON.stringify(object);

export const shippedSamples: readonly FormatSample[] = [
  {
    shows: 'GELF, whose time and host are those of the one who sent it',
    format: 'Apache combined log in JSON',
    lines: [
      shipped({
        version: '1.1',
        host: 'web01',
        short_message: entry('192.0.2.1', 20),
        timestamp: 1700000040,
      }),
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0]],
  },
  {
    shows: 'the collector has a time and a host of its own, which are not those of the request',
    format: 'Apache combined log in JSON',
    lines: [
      shipped({
        '@timestamp': '2023-11-14T22:14:00.1Z',
        host: { name: 'web01' },
        message: entry('192.0.2.1', 20),
      }),
      shipped({
        '@timestamp': '2023-11-14T22:14:00.1Z',
        host: { name: 'web01' },
        message: entry('192.0.2.2', 21),
      }),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'journalctl -o json, with a line of another kind',
    format: 'Apache combined log in JSON',
    lines: [
      shipped({ __REALTIME_TIMESTAMP: '1700000040000000', MESSAGE: entry('192.0.2.1', 20) }),
      shipped({ __REALTIME_TIMESTAMP: '1700000040000000', MESSAGE: 'reloaded' }),
      shipped({ __REALTIME_TIMESTAMP: '1700000040000000', MESSAGE: entry('192.0.2.2', 21) }),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
    skipped: { 'wrong shape': 1 },
  },
  {
    shows: 'JSON within JSON',
    format: 'Envoy JSON log in JSON',
    lines: [
      shipped({
        time: '2023-11-14T22:14:00Z',
        log: shipped({
          start_time: '2023-11-14T22:13:20.25Z',
          duration: 12,
          response_code: 200,
          downstream_remote_address: '192.0.2.1:4711',
        }),
      }),
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 12_000]],
  },
  {
    shows: 'a message that is no line of a known log leaves the object its own meaning',
    format: 'JSON lines',
    lines: [shipped({ time: '2023-11-14T22:13:20.25Z', user: 'u1', message: 'GET / took 3 ms' })],
    requests: [['2023-11-14T22:13:20.25Z', 'u1', 1, 0]],
  },
  {
    shows: 'an object in a text of another, as App Service writes what it knows of a request',
    format: 'JSON lines',
    lines: [
      shipped({
        time: '2023-11-14T22:13:20.25Z',
        properties: shipped({ CIp: '192.0.2.7', CsMethod: 'GET', TimeTaken: 46 }),
      }),
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 46_000]],
  },
  {
    shows: 'a request that is told at each stage counts once',
    format: 'Kubernetes audit log',
    lines: ['RequestReceived', 'ResponseComplete'].map((stage) =>
      shipped({
        kind: 'Event',
        auditID: 'a1',
        stage,
        requestURI: '/api/v1/pods',
        verb: 'list',
        user: { username: 'system:node:n1' },
        sourceIPs: ['192.0.2.7'],
        requestReceivedTimestamp: '2023-11-14T22:13:20.25Z',
      }),
    ),
    requests: [['2023-11-14T22:13:20.25Z', 'system:node:n1', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'an entry of Google Cloud that has no httpRequest, but says more of one than others',
    format: 'JSON lines',
    lines: [
      shipped({
        logName: 'l',
        insertId: 'a',
        timestamp: '2023-11-14T22:13:20Z',
        jsonPayload: { message: 'up' },
      }),
      shipped({
        logName: 'l',
        insertId: 'b',
        timestamp: '2023-11-14T22:13:20.25Z',
        jsonPayload: { http_req_method: 'GET', user: 'u1' },
      }),
    ],
    requests: [['2023-11-14T22:13:20.25Z', 'u1', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'what CloudWatch Logs Insights exports',
    format: 'Apache combined log in JSON',
    lines: [
      shipped({ '@timestamp': '2023-11-14 22:14:00.100', '@message': entry('192.0.2.1', 20) }),
      shipped({ '@timestamp': '2023-11-14 22:14:00.100', '@message': entry('192.0.2.2', 21) }),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'the actions of what Elasticsearch takes in bulk',
    format: 'JSON lines',
    lines: [
      '{"index":{"_index":"logs","_id":"1"}}',
      shipped({ '@timestamp': '2023-11-14T22:13:20Z', client: { ip: '192.0.2.1' } }),
      '{"create":{}}',
      shipped({ '@timestamp': '2023-11-14T22:13:21Z', client: { ip: '192.0.2.2' } }),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'what Splunk exports: lines with quotes in a column of a table',
    format: 'Apache combined log in CSV',
    lines: [
      '"_time","_raw",host',
      ...['192.0.2.1', '192.0.2.2'].map(
        (client, at) => `"2023-11-14T22:14:00.1Z","${entry(client, 20 + at).replaceAll('"', '""')}",web01`,
      ),
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a table whose messages are of no known program is read by its own columns',
    format: 'CSV',
    lines: ['@timestamp,client.ip,message', '2023-11-14T22:13:20.1Z,192.0.2.1,something was asked for again'],
    requests: [['2023-11-14T22:13:20.1Z', '192.0.2.1', 1, 0]],
    skipped: { header: 1 },
  },
  {
    shows: 'objects with nothing between them, as Amazon Data Firehose writes them',
    format: 'JSON objects',
    lines: [
      '{"time":"2023-11-14T22:13:20.5Z","ip":"192.0.2.7"}{"time":"2023-11-14T22:13:21.5Z","ip":"192.0.2.8"}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
    ],
  },
];
