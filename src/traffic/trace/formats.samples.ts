/** For tests: a small log of each format, with what it must give. Addresses are those kept for documentation. */
import type { TraceOptions } from './options.ts';

export interface FormatSample {
  /** What the sample shows. */
  readonly shows: string;
  readonly format: string;
  readonly lines: readonly string[];
  readonly options?: Partial<TraceOptions>;
  /** Each request: time (ISO, UTC), key, cost, duration in microseconds. */
  readonly requests: readonly (readonly [string, string, number, number])[];
  readonly skipped?: Readonly<Record<string, number>>;
}

const clfTime = '[10/Oct/2023:13:55:36 -0700]';
const caddyEntry = (ts: number, client: object) =>
  JSON.stringify({
    level: 'info',
    ts,
    logger: 'http.log.access.log0',
    msg: 'handled request',
    request: { ...client, proto: 'HTTP/2.0', method: 'GET', host: 'example.com', uri: '/' },
    duration: 0.25,
    size: 12,
    status: 200,
  });
const dockerLine = (log: string) =>
  JSON.stringify({ log, stream: 'stdout', time: '2023-10-10T20:55:36.123456789Z' });
const k6Point = (metric: string, time: string, value: number, tags: object) =>
  JSON.stringify({ type: 'Point', metric, data: { time, value, tags } });

export const formatSamples: readonly FormatSample[] = [
  {
    shows: 'a common log, its zone, a user with a blank, an unanswered size',
    format: 'Common log',
    lines: [
      `192.0.2.1 - frank ${clfTime} "GET /apache_pb.gif HTTP/1.0" 200 2326`,
      `client.example.org - Mary Ann ${clfTime} "GET / HTTP/1.0" 304 -`,
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '192.0.2.1', 1, 0],
      ['2023-10-10T20:55:36Z', 'client.example.org', 1, 0],
    ],
  },
  {
    shows: 'a combined log with escaped quotes, IPv6, an empty request and bytes as costs',
    format: 'Apache combined log',
    options: { cost: 'bytes' },
    lines: [
      `2001:db8::7 - - ${clfTime} "GET /a \\"b\\" HTTP/1.1" 200 17 "-" "Mozilla \\"quoted\\" [x]"`,
      `192.0.2.9 - - ${clfTime} "-" 408 0 "-" "-"`,
      `192.0.2.9 - - ${clfTime} "GET / HTTP/1.1" 304 - "-" "-"`,
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '2001:db8::7', 17, 0],
      ['2023-10-10T20:55:36Z', '192.0.2.9', 0, 0],
    ],
    skipped: { 'bad cost': 1 },
  },
  {
    shows: 'a combined log by host and path',
    format: 'Apache combined log',
    options: { key: 'host,path' },
    lines: [`192.0.2.1 - - ${clfTime} "GET /login?next=/ HTTP/1.1" 200 1 "-" "curl/8"`],
    requests: [['2023-10-10T20:55:36Z', '192.0.2.1//login', 1, 0]],
  },
  {
    shows: 'a request with quotes that nobody escaped',
    format: 'Common log',
    lines: [
      `192.0.2.1 - - ${clfTime} "GET /a"b HTTP/1.0" 404 -`,
      `192.0.2.1 - - ${clfTime} "GET / HTTP/1.0" 200 1`,
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '192.0.2.1', 1, 0],
      ['2023-10-10T20:55:36Z', '192.0.2.1', 1, 0],
    ],
  },
  {
    shows: 'docker compose in front of a combined log',
    format: 'Apache combined log behind a prefix',
    lines: [
      `web-1  | 192.0.2.1 - - ${clfTime} "GET / HTTP/1.1" 200 1 "-" "curl/8"`,
      `web-1  | 2001:db8::1 - ann ${clfTime} "GET / HTTP/1.1" 200 1 "-" "curl/8"`,
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '192.0.2.1', 1, 0],
      ['2023-10-10T20:55:36Z', '2001:db8::1', 1, 0],
    ],
  },
  {
    shows: 'a container runtime of Kubernetes in front (CRI)',
    format: 'Apache combined log behind a prefix',
    lines: [
      `2023-10-10T20:55:36.123456789Z stdout F 192.0.2.1 - - ${clfTime} "GET / HTTP/1.1" 200 1 "-" "curl/8"`,
      `2023-10-10T20:55:36.223456789Z stdout F 192.0.2.2 - - ${clfTime} "GET / HTTP/1.1" 200 1 "-" "curl/8"`,
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '192.0.2.1', 1, 0],
      ['2023-10-10T20:55:36Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: "Docker's json-file driver around a combined log, and an empty line",
    format: "Apache combined log in Docker's JSON",
    options: { key: 'host,path' },
    lines: [
      dockerLine(`192.0.2.1 - - ${clfTime} "GET /a HTTP/1.1" 200 1 "-" "curl/8"\n`),
      dockerLine('\n'),
      dockerLine(`192.0.2.2 - - ${clfTime} "GET /b HTTP/1.1" 200 1 "-" "curl/8"\n`),
    ],
    requests: [
      ['2023-10-10T20:55:36Z', '192.0.2.1//a', 1, 0],
      ['2023-10-10T20:55:36Z', '192.0.2.2//b', 1, 0],
    ],
    skipped: { blank: 1 },
  },
  {
    shows: "Docker's json-file driver around JSON",
    format: "Caddy JSON log in Docker's JSON",
    lines: [dockerLine(`${caddyEntry(1700000000.5, { client_ip: '192.0.2.1' })}\n`)],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 250_000]],
  },
  {
    shows: "Python's http.server: a blank behind the day, no zone",
    format: 'Common log',
    lines: ['192.0.2.1 - - [10/Oct/2023 13:55:36] "GET / HTTP/1.1" 200 -'],
    requests: [['2023-10-10T13:55:36Z', '192.0.2.1', 1, 0]],
  },
  {
    shows: 'EPA-HTTP: a day of the month and a time of day',
    format: 'EPA-HTTP trace',
    lines: [
      '192.0.2.1 [29:23:53:25] "GET /Software.html HTTP/1.0" 200 1497',
      'query2.example.edu [30:00:00:05] "GET / HTTP/1.0" 304 -',
    ],
    requests: [
      ['1970-01-30T23:53:25Z', '192.0.2.1', 1, 0],
      ['1970-01-31T00:00:05Z', 'query2.example.edu', 1, 0],
    ],
  },
  {
    shows: 'Squid: aligned by blanks, the time of the end, milliseconds taken',
    format: 'Squid log',
    lines: [
      '1700000000.500    180 192.0.2.1 TCP_MISS/200 411 GET http://example.com/a - DIRECT/198.51.100.7 text/plain',
      '1700000001.000 100000 192.0.2.2 TCP_DENIED/407 50 CONNECT example.com:443 - NONE/- text/html',
    ],
    requests: [
      ['2023-11-14T22:11:41Z', '192.0.2.2', 1, 100_000_000],
      ['2023-11-14T22:13:20.32Z', '192.0.2.1', 1, 180_000],
    ],
  },
  {
    shows: 'Amazon S3: the time of receipt in brackets, milliseconds in all',
    format: 'Amazon S3 access log',
    lines: [
      '79a59df9 bucket [06/Feb/2019:00:00:38 +0000] 192.0.2.3 79a59df9 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET /bucket?versioning HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" - s9lz= SigV4 ECDHE AuthHeader bucket.s3.us-west-1.amazonaws.com TLSV1.2 - -',
      '79a59df9 bucket [06/Feb/2019:00:01:00 +0000] 2001:db8::1 - 3E57427F3EXAMPLF REST.PUT.OBJECT a.pdf "PUT /bucket/a.pdf HTTP/1.1" 200 - - 4406583 41754 28 "-" "S3Console/0.4" -',
    ],
    requests: [
      ['2019-02-06T00:00:38Z', '192.0.2.3', 1, 7000],
      ['2019-02-06T00:01:00Z', '2001:db8::1', 1, 41_754_000],
    ],
  },
  {
    shows: 'Kong: the consumer, or the address',
    format: 'Kong JSON log',
    lines: [
      '{"request":{"method":"GET","uri":"/"},"client_ip":"192.0.2.4","started_at":1700000000500,"latencies":{"proxy":14,"kong":9,"request":23},"response":{"status":200},"consumer":{"id":"c1","username":"bob"}}',
      '{"request":{"method":"GET","uri":"/"},"client_ip":"192.0.2.5","started_at":1700000000750,"latencies":{"proxy":14,"kong":9,"request":23},"response":{"status":429}}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', 'c1', 1, 23_000],
      ['2023-11-14T22:13:20.75Z', '192.0.2.5', 1, 23_000],
    ],
  },
  {
    shows: 'Google Cloud: a list of entries, a latency with its unit, an entry that is no request',
    format: 'Google Cloud request log',
    lines: [
      '[{"insertId":"1","httpRequest":{"latency":"0.0576s","remoteIp":"192.0.2.5","requestMethod":"GET","status":200},"timestamp":"2021-01-07T11:15:56.602135Z"},',
      '{"insertId":"2","textPayload":"started","timestamp":"2021-01-07T11:15:57Z"}]',
    ],
    requests: [['2021-01-07T11:15:56.602135Z', '192.0.2.5', 1, 57_600]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'Azure Front Door: seven decimals, the time of the response, seconds taken',
    format: 'Azure access log',
    lines: [
      '{"time":"2023-05-05T10:00:00.1234567Z","category":"FrontDoorAccessLog","properties":{"clientIp":"192.0.2.8","timeTaken":"0.123","httpStatusCode":"200"}}',
    ],
    requests: [['2023-05-05T10:00:00.000456Z', '192.0.2.8', 1, 123_000]],
  },
  {
    shows: 'a JSON list over many lines, in an object, with more behind it; braces in texts',
    format: 'JSON objects',
    lines: [
      '{ "Records": [',
      '  { "eventTime": "2023-10-10T13:55:36.5Z", "sourceIPAddress": "192.0.2.1", "note": "} \\" {" },',
      '  {',
      '    "eventTime": "2023-10-10T13:55:37Z",',
      '    "sourceIPAddress": "192.0.2.2"',
      '  },',
      '  { "eventTime": "2023-10-10T13:55:38Z" },',
      '  17',
      '], "more": 1 }',
    ],
    requests: [
      ['2023-10-10T13:55:36.5Z', '192.0.2.1', 1, 0],
      ['2023-10-10T13:55:37Z', '192.0.2.2', 1, 0],
      ['2023-10-10T13:55:38Z', '-', 1, 0],
    ],
    skipped: { 'bad JSON': 1, 'not a request': 1 },
  },
  {
    shows: 'JSON objects as jq prints them',
    format: 'JSON objects',
    lines: [
      '{',
      '  "time": "2023-10-10T13:55:36.5Z",',
      '  "ip": "192.0.2.1"',
      '}',
      '{',
      '  "time": "2023-10-10T13:55:37Z"',
      '}',
    ],
    requests: [
      ['2023-10-10T13:55:36.5Z', '192.0.2.1', 1, 0],
      ['2023-10-10T13:55:37Z', '-', 1, 0],
    ],
  },
  {
    shows: 'JSON lines with a comma behind each',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-10-10T13:55:36.5Z","ip":"192.0.2.1"},',
      '{"time":"2023-10-10T13:55:37Z","ip":"192.0.2.2"}',
    ],
    requests: [
      ['2023-10-10T13:55:36.5Z', '192.0.2.1', 1, 0],
      ['2023-10-10T13:55:37Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'a table without names: numbers of the size of dates are the time, not the numbers of the rows',
    format: 'table parted by blanks',
    lines: [
      '4619 1190146243.310 http://example.org/a -',
      '4620 1190146243.327 http://example.org/b -',
      '4621 1190146243.331 http://example.org/a -',
    ],
    requests: [
      ['2007-09-18T20:10:43.31Z', 'http://example.org/a', 1, 0],
      ['2007-09-18T20:10:43.327Z', 'http://example.org/b', 1, 0],
      ['2007-09-18T20:10:43.331Z', 'http://example.org/a', 1, 0],
    ],
  },
  {
    shows: 'a table without names: seconds that go up, beside the numbers of the rows and codes',
    format: 'CSV',
    lines: ['1,200,0.5,a', '2,404,0.75,b', '3,200,2,a'],
    requests: [
      ['1970-01-01T00:00:00.5Z', 'a', 1, 0],
      ['1970-01-01T00:00:00.75Z', 'b', 1, 0],
      ['1970-01-01T00:00:02Z', 'a', 1, 0],
    ],
  },
  {
    shows:
      'a table without names: decimal seconds, beside a number that also goes up; what was done is no key',
    format: 'CSV',
    lines: ['0,20941264,8192,W,0.551706', '0,20939840,8192,W,0.554041', '2,3436288,15872,r,1.25'],
    requests: [
      ['1970-01-01T00:00:00.551706Z', '0', 1, 0],
      ['1970-01-01T00:00:00.554041Z', '0', 1, 0],
      ['1970-01-01T00:00:01.25Z', '2', 1, 0],
    ],
  },
  {
    shows: 'Elastic Common Schema: the client before other addresses, nanoseconds',
    format: 'JSON lines',
    lines: [
      '{"@timestamp":"2023-11-14T22:13:20.123Z","host":{"ip":["10.0.0.1"]},"client":{"ip":"192.0.2.1"},"event":{"duration":12345000}}',
    ],
    requests: [['2023-11-14T22:13:20.123Z', '192.0.2.1', 1, 12_345]],
  },
  {
    shows: 'OpenTelemetry: nanoseconds in a text, names with dots',
    format: 'JSON lines',
    lines: [
      '{"name":"GET /","startTimeUnixNano":"1700000000123456789","attributes":{"client.address":"192.0.2.1"}}',
    ],
    requests: [['2023-11-14T22:13:20.123456Z', '192.0.2.1', 1, 0]],
  },
  {
    shows: 'a date and a time of day apart in JSON',
    format: 'JSON lines',
    lines: ['{"date":"2023-11-14","user":{"id":"u1"},"time":"22:13:20.5"}'],
    requests: [['2023-11-14T22:13:20.5Z', 'u1', 1, 0]],
  },
  {
    shows: 'CloudFront in JSON: seconds taken, the time of the end',
    format: 'CloudFront JSON log',
    lines: [
      '{"date":"2023-11-14","time":"22:13:20","x-edge-location":"FRA2","c-ip":"192.0.2.10","time-taken":"1.500"}',
    ],
    requests: [['2023-11-14T22:13:19Z', '192.0.2.10', 1, 1_500_000]],
  },
  {
    shows: 'FILETIME of Windows: 100 ns since 1601',
    format: 'CSV',
    lines: ['128166372003061629,hm,Read,4011', '128166372016382155,web,Read,12346'],
    requests: [
      ['2007-02-22T17:00:00.306162Z', 'hm', 1, 0],
      ['2007-02-22T17:00:01.638215Z', 'web', 1, 0],
    ],
  },
  {
    shows: 'times without marks: ISO 8601 basic, and digits alone',
    format: 'CSV',
    lines: ['time,key', '20231010T135536.25Z,a', '20231010135537,b', '20231010T155538+0200,c'],
    requests: [
      ['2023-10-10T13:55:36.25Z', 'a', 1, 0],
      ['2023-10-10T13:55:37Z', 'b', 1, 0],
      ['2023-10-10T13:55:38Z', 'c', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'only the end is told, in decimal seconds as the duration is',
    format: 'CSV',
    lines: ['app,func,end_timestamp,duration', 'a1,f1,1.5,1.25', 'a2,f2,2.75,0.5'],
    requests: [
      ['1970-01-01T00:00:00.25Z', 'a1', 1, 1_250_000],
      ['1970-01-01T00:00:02.25Z', 'a2', 1, 500_000],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'names alone, replayed at a rate',
    format: 'CSV',
    options: { ratePerSecond: 2 },
    lines: ['192.0.2.1', '192.0.2.2', '192.0.2.1'],
    requests: [
      ['1970-01-01T00:00:00Z', '192.0.2.1', 1, 0],
      ['1970-01-01T00:00:00.5Z', '192.0.2.2', 1, 0],
      ['1970-01-01T00:00:01Z', '192.0.2.1', 1, 0],
    ],
  },
  {
    shows: 'virtual hosts in front',
    format: 'Apache combined log with virtual hosts',
    options: { key: 'vhost' },
    lines: [`shop.example.com:443 192.0.2.1 - - ${clfTime} "GET / HTTP/1.1" 200 1 "-" "curl/8"`],
    requests: [['2023-10-10T20:55:36Z', 'shop.example.com:443', 1, 0]],
  },
  {
    shows: 'an nginx log_format whose time is the end of the response',
    format: 'nginx log_format',
    options: { format: '$msec $remote_addr "$request" $status $request_time "$http_user_agent"' },
    lines: ['1700000000.500 192.0.2.1 "GET / HTTP/1.1" 200 0.250 "a \\x22b\\x22"'],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 250_000]],
  },
  {
    shows: 'whole-second stamps go back by the whole seconds of the request',
    format: 'nginx log_format',
    options: { format: "log_format timed '$remote_addr [$time_local] '\n  '$status $request_time';" },
    lines: ['192.0.2.1 [14/Nov/2023:22:13:20 +0000] 200 2.750'],
    requests: [['2023-11-14T22:13:18Z', '192.0.2.1', 1, 2_750_000]],
  },
  {
    shows:
      'an ALB log: the request came at request_creation_time; IPv6 with a port; no processing time is -1',
    format: 'AWS Application Load Balancer log',
    lines: [
      'h2 2023-11-14T22:13:21.000000Z app/lb/50dc6c495c0c9188 192.0.2.1:2817 10.0.0.1:80 0.001 0.048 0.001 200 200 34 366 "GET https://example.com:443/ HTTP/2.0" "curl/8" ECDHE TLSv1.2 arn:aws:tg "Root=1-58337281" "example.com" "arn:cert" 1 2023-11-14T22:13:20.950000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
      'https 2023-11-14T22:13:22.000000Z app/lb/50dc6c495c0c9188 [2001:db8::1]:443 - -1 -1 -1 460 - 34 366 "GET https://example.com:443/ HTTP/1.1" "a \\"b\\"" - - - "-" "-" "-" - - "-" "-" "-" "-" "-" "-" "-"',
    ],
    requests: [
      ['2023-11-14T22:13:20.95Z', '192.0.2.1', 1, 50_000],
      ['2023-11-14T22:13:22Z', '2001:db8::1', 1, 0],
    ],
  },
  {
    shows: 'a Classic Load Balancer log',
    format: 'AWS Classic Load Balancer log',
    lines: [
      '2015-05-13T23:39:43.945958Z my-loadbalancer 192.0.2.1:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -',
    ],
    requests: [['2015-05-13T23:39:43.945958Z', '192.0.2.1', 1, 1178]],
  },
  {
    shows: 'CloudFront: fields named with blanks, rows with tabs, seconds taken, the time of the end',
    format: 'CloudFront standard log',
    lines: [
      '#Version: 1.0',
      '#Fields: date time x-edge-location sc-bytes c-ip cs-method time-taken',
      '2023-11-14\t22:13:20\tFRA2\t182\t192.0.2.10\tGET\t1.500',
    ],
    requests: [['2023-11-14T22:13:19Z', '192.0.2.10', 1, 1_500_000]],
    skipped: { directive: 2 },
  },
  {
    shows: 'IIS: columns that change within the file, milliseconds taken',
    format: 'IIS W3C extended log',
    lines: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time c-ip cs-method time-taken',
      '2023-11-14 22:13:20 192.0.2.1 GET 283',
      '#Fields: date time s-ip cs-method cs-uri-stem c-ip time-taken',
      '2023-11-14 22:13:21 10.0.0.1 GET /robots.txt 192.0.2.2 100',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 283_000],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 100_000],
    ],
    skipped: { directive: 3 },
  },
  {
    shows: 'W3C lines with a time of day only are dated by #Date',
    format: 'W3C extended log',
    lines: [
      '#Version: 1.0',
      '#Date: 2023-11-14 00:00:00',
      '#Fields: time c-ip cs-method',
      '22:13:20 192.0.2.1 GET',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0]],
    skipped: { directive: 3 },
  },
  {
    shows: 'HAProxy behind a syslog header; a line about a server is no request',
    format: 'HAProxy log',
    lines: [
      'Feb  6 12:14:14 localhost haproxy[14389]: 192.0.2.1:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
      'Feb  6 12:14:15 localhost haproxy[14389]: Server static/srv1 is DOWN, reason: Layer4 timeout',
      'Feb  6 12:14:16 localhost haproxy[14389]: [2001:db8::9]:33318 [06/Feb/2009:12:14:16.000] http-in static/<NOSRV> -1/-1/-1/-1/+5 503 0 - - SC-- 0/0/0/0/0 0/0 "GET / HTTP/1.1"',
    ],
    requests: [
      ['2009-02-06T12:14:14.655Z', '192.0.2.1', 1, 109_000],
      ['2009-02-06T12:14:16Z', '2001:db8::9', 1, 5000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'API Gateway: the epoch in milliseconds before the text',
    format: 'API Gateway JSON log',
    lines: [
      '{"requestId":"c6af9ac6","ip":"192.0.2.1","caller":"-","user":"-","requestTime":"14/Nov/2023:22:13:20 +0000","requestTimeEpoch":1700000000123,"httpMethod":"GET","resourcePath":"/pets","status":"200","responseLatency":"36"}',
    ],
    requests: [['2023-11-14T22:13:20.123Z', '192.0.2.1', 1, 36_000]],
  },
  {
    shows: 'API Gateway with the text alone',
    format: 'API Gateway JSON log',
    lines: [
      '{"requestId":"c6af9ac6","ip":"192.0.2.1","requestTime":"14/Nov/2023:22:13:20 +0000","status":"200"}',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0]],
  },
  ...['"2023-11-14T22:13:20Z"', '1700000000', '1700000000000000000'].map((stamp) => ({
    shows: `Cloudflare Logpush with the time ${stamp}`,
    format: 'Cloudflare Logpush',
    lines: [
      `{"ClientIP":"2001:db8::1","EdgeStartTimestamp":${stamp},"ClientRequestHost":"example.com","RayID":"3a6050bcbe121a87"}`,
    ],
    requests: [['2023-11-14T22:13:20Z', '2001:db8::1', 1, 0]] as const,
  })),
  {
    shows: 'Caddy behind docker compose: entries of other kinds are no requests; ts is the end',
    format: 'Caddy JSON log',
    lines: [
      'caddy  | {"level":"info","ts":1700000000.1,"msg":"using config from file","file":"/etc/caddy/Caddyfile"}',
      `caddy  | ${caddyEntry(1_700_000_001.5, { remote_ip: '192.0.2.1', client_ip: '192.0.2.7' })}`,
      `caddy  | ${caddyEntry(1_700_000_002.5, { remote_addr: '[2001:db8::1]:5000' })}`,
      'db     | LOG:  checkpoint starting: time',
      'caddy  | {"level":"warn","ts":1700000003.1,"logger":"http","msg":"HTTP/3 skipped"}',
    ],
    requests: [
      ['2023-11-14T22:13:21.25Z', '192.0.2.7', 1, 250_000],
      ['2023-11-14T22:13:22.25Z', '2001:db8::1', 1, 250_000],
    ],
    skipped: { 'not a request': 3 },
  },
  {
    shows: 'Envoy: address with port, milliseconds',
    format: 'Envoy JSON log',
    lines: [
      '{"start_time":"2023-11-14T22:13:20.123Z","method":"GET","path":"/","response_code":200,"duration":12,"downstream_remote_address":"192.0.2.1:51234","x_forwarded_for":null}',
    ],
    requests: [['2023-11-14T22:13:20.123Z', '192.0.2.1', 1, 12_000]],
  },
  {
    shows: 'the default text of Envoy',
    format: 'Envoy text log',
    lines: [
      '[2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "192.0.2.1" "nsq2http" "cc21d9b0" "locations" "tcp://10.0.2.1:80"',
    ],
    requests: [['2016-04-15T20:17:00.310Z', '192.0.2.1', 1, 226_000]],
  },
  {
    shows: 'Traefik: nanoseconds, the start',
    format: 'Traefik JSON log',
    lines: [
      '{"ClientAddr":"192.0.2.1:46398","ClientHost":"192.0.2.1","Duration":1500000,"RequestMethod":"GET","RouterName":"web","StartUTC":"2023-11-14T22:13:20.123456789Z","level":"info","msg":"","time":"2023-11-14T22:13:21Z"}',
      '{"level":"error","msg":"service not found","time":"2023-11-14T22:13:22Z"}',
    ],
    requests: [['2023-11-14T22:13:20.123456Z', '192.0.2.1', 1, 1500]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'Zeek TSV: fields by #fields, unset durations',
    format: 'Zeek log',
    lines: [
      '#separator \\x09',
      '#set_separator\t,',
      '#path\tconn',
      '#fields\tts\tuid\tid.orig_h\tid.orig_p\tduration',
      '#types\ttime\tstring\taddr\tport\tinterval',
      '1700000000.123456\tCHhAvVGS1DHFjwGM9\t192.0.2.1\t5353\t0.250000',
      '1700000001.000000\tClEkJM2Vm5giqnMf4h\t2001:db8::1\t5353\t-',
      '#close\t2023-11-14-22-13-22',
    ],
    requests: [
      ['2023-11-14T22:13:20.123456Z', '192.0.2.1', 1, 250_000],
      ['2023-11-14T22:13:21Z', '2001:db8::1', 1, 0],
    ],
    skipped: { directive: 6 },
  },
  {
    shows: 'Zeek JSON: a name with a dot in it',
    format: 'Zeek JSON log',
    lines: [
      '{"ts":1700000000.123456,"uid":"C1","id.orig_h":"192.0.2.1","id.resp_h":"192.0.2.2","method":"GET"}',
    ],
    requests: [['2023-11-14T22:13:20.123456Z', '192.0.2.1', 1, 0]],
  },
  {
    shows: 'HAR: hosts of URLs; an entry without a time is malformed',
    format: 'HTTP Archive (HAR)',
    lines: [
      '{"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[',
      '{"startedDateTime":"2023-11-14T23:13:20.5+01:00","time":120.4,"request":{"method":"GET","url":"https://user:x@example.com:8443/a?b"}},',
      '{"time":1,"request":{"method":"GET","url":"https://example.com/"}}]}}',
    ],
    requests: [['2023-11-14T22:13:20.5Z', 'example.com:8443', 1, 120_400]],
    skipped: { 'bad time': 1 },
  },
  {
    shows: 'k6: only http_req_duration is a request; its time is the end of the response',
    format: 'k6 JSON output',
    lines: [
      '{"type":"Metric","metric":"http_req_duration","data":{"name":"http_req_duration","type":"trend","contains":"time"}}',
      k6Point('http_reqs', '2023-11-14T23:13:21.5+01:00', 1, { name: 'login' }),
      k6Point('http_req_duration', '2023-11-14T23:13:21.500000001+01:00', 250.5, {
        name: 'login',
        url: 'https://x',
      }),
      k6Point('http_req_duration', '2023-11-14T23:13:22+01:00', 1000, { tenant: 'a', name: 'login' }),
    ],
    requests: [
      ['2023-11-14T22:13:21.0Z', 'a', 1, 1_000_000],
      ['2023-11-14T22:13:21.2495Z', 'login', 1, 250_500],
    ],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'Mooncake: milliseconds from the start, one key; the cost as asked for',
    format: 'Mooncake trace',
    options: { cost: 'input_length' },
    lines: [
      '{"timestamp": 0, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1]}',
      '{"timestamp": 27, "input_length": 7322, "output_length": 490, "hash_ids": [0]}',
    ],
    requests: [
      ['1970-01-01T00:00:00Z', 'all', 6758, 0],
      ['1970-01-01T00:00:00.027Z', 'all', 7322, 0],
    ],
  },
  {
    shows: 'our own CSV: whole seconds are exact here',
    format: 'ratelimit CSV',
    options: { spread: 'poisson' },
    lines: [
      't_us,key,cost,duration_us',
      '0,a,1,5',
      '1000000,"b,""c""",0,0',
      '1000000,a,4294967295,0',
      '2000000,a,-1,0',
    ],
    requests: [
      ['1970-01-01T00:00:00Z', 'a', 1, 5],
      ['1970-01-01T00:00:01Z', 'b,"c"', 0, 0],
      ['1970-01-01T00:00:01Z', 'a', 4_294_967_295, 0],
    ],
    skipped: { header: 1, 'bad cost': 1 },
  },
  {
    shows: 'our own CSV without its header',
    format: 'ratelimit CSV',
    lines: ['0,a,1', '7,b,2'],
    requests: [
      ['1970-01-01T00:00:00Z', 'a', 1, 0],
      ['1970-01-01T00:00:00.000007Z', 'b', 2, 0],
    ],
  },
  {
    shows: 'a CSV with quoted commas, quotes and line ends, and rows longer than the header',
    format: 'CSV',
    lines: [
      'Timestamp,User Agent,client_ip',
      '2023-11-14 22:13:20.5,"a, ""b""\nc",192.0.2.1,,',
      '2023-11-14 22:13:21,x,192.0.2.2',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a CSV with a date and a time of day apart, a named duration',
    format: 'CSV',
    lines: ['time,user,date,latency_ms', '22:13:20.5,u1,2023-11-14,1.5', '22:13:21.5,u2,2023-11-14,'],
    requests: [
      ['2023-11-14T22:13:20.5Z', 'u1', 1, 1500],
      ['2023-11-14T22:13:21.5Z', 'u2', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a CSV without a header, columns by number',
    format: 'CSV',
    options: { time: '2', key: '3' },
    lines: ['9,1700000000,u1', '8,1700000001,u2'],
    requests: [
      ['2023-11-14T22:13:20Z', 'u1', 1, 0],
      ['2023-11-14T22:13:21Z', 'u2', 1, 0],
    ],
  },
  {
    shows: 'a TSV whose times are milliseconds by their size',
    format: 'TSV',
    lines: ['ts\tuser', '1700000000123\talice', '1700000000124\tbob'],
    requests: [
      ['2023-11-14T22:13:20.123Z', 'alice', 1, 0],
      ['2023-11-14T22:13:20.124Z', 'bob', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a table without times is replayed in order at a rate',
    format: 'CSV',
    options: { ratePerSecond: 4 },
    lines: ['user,path', 'a,/', 'b,/', 'a,/'],
    requests: [
      ['1970-01-01T00:00:00Z', 'a', 1, 0],
      ['1970-01-01T00:00:00.25Z', 'b', 1, 0],
      ['1970-01-01T00:00:00.5Z', 'a', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'counts per minute',
    format: 'counts per 1m, CSV',
    lines: [
      'period,count',
      '1998-06-15 00:00:00,2',
      '1998-06-15 00:01:00,0',
      '1998-06-15 00:02:00,1',
      '1998-06-15 00:03:00,x',
    ],
    requests: [
      ['1998-06-15T00:00:00Z', 'all', 1, 0],
      ['1998-06-15T00:00:00Z', 'all', 1, 0],
      ['1998-06-15T00:02:00Z', 'all', 1, 0],
    ],
    skipped: { header: 1, 'bad count': 1 },
  },
  {
    shows: 'counts per minute without a header',
    format: 'counts per 1m, CSV',
    lines: ['1998-06-15 00:00:00,1', '1998-06-15 00:01:00,0', '1998-06-15 00:02:00,1'],
    requests: [
      ['1998-06-15T00:00:00Z', 'all', 1, 0],
      ['1998-06-15T00:02:00Z', 'all', 1, 0],
    ],
  },
  {
    shows: 'counts per hour and key, evenly in their step',
    format: 'counts per 1h, CSV',
    options: { spread: 'uniform' },
    lines: ['hour,app,requests', '2023-11-14 22:00,a,2', '2023-11-14 22:00,b,1', '2023-11-14 23:00,b,1'],
    requests: [
      ['2023-11-14T22:00:00Z', 'a', 1, 0],
      ['2023-11-14T22:20:00Z', 'b', 1, 0],
      ['2023-11-14T22:40:00Z', 'a', 1, 0],
      ['2023-11-14T23:00:00Z', 'b', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a wide table of counts per minute',
    format: 'counts per 1m in columns, CSV',
    lines: [
      'HashOwner,HashFunction,Trigger,1,2,3,4,5,6,7,8,9,10',
      'o,f1,queue,0,1,0,0,0,0,0,0,0,0',
      'o,f2,timer,1,2,0,0,0,0,0,0,0,0',
    ],
    requests: [
      ['1970-01-01T00:00:00Z', 'f2', 1, 0],
      ['1970-01-01T00:01:00Z', 'f1', 1, 0],
      ['1970-01-01T00:01:00Z', 'f2', 1, 0],
      ['1970-01-01T00:01:00Z', 'f2', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a table parted by blanks',
    format: 'table parted by blanks',
    lines: ['1700000000.25 u1 /a', '1700000000.5 u2 /b'],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'u1', 1, 0],
      ['2023-11-14T22:13:20.5Z', 'u2', 1, 0],
    ],
  },
  {
    shows: 'nginx in JSON: request_time is a duration, not the time',
    format: 'JSON lines',
    lines: ['{"request_time":0.25,"remote_addr":"192.0.2.1","time_iso8601":"2023-11-14T22:13:20.5+00:00"}'],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 250_000]],
  },
  {
    shows: 'JSON lines with nested fields, behind a syslog header',
    format: 'JSON lines',
    options: { key: 'client.id', cost: 'usage.tokens' },
    lines: [
      '<34>1 2023-11-14T22:13:20Z host app - - - {"@timestamp":"2023-11-14T22:13:20.5Z","client":{"id":"t1"},"usage":{"tokens":12}}',
      '<34>1 2023-11-14T22:13:21Z host app - - - {"@timestamp":"2023-11-14T22:13:21.5Z","client":{"id":"t2"},"usage":{"tokens":1.5}}',
    ],
    requests: [['2023-11-14T22:13:20.5Z', 't1', 12, 0]],
    skipped: { 'bad cost': 1 },
  },
  {
    shows: "Heroku's router: its clock, the time of the end, milliseconds of two parts, lines of the app",
    format: 'Heroku router log',
    lines: [
      '2023-11-14T22:13:20.500+00:00 heroku[router]: at=info method=GET path="/a?b=c d" host=x.example.com request_id=8601 fwd="192.0.2.1" dyno=web.1 connect=1ms service=18ms status=200 bytes=13',
      '2023-11-14T22:13:20.600+00:00 app[web.1]: method=GET path=/ fwd=192.0.2.9',
      '2023-11-14T22:13:20.700+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=GET path=/ host=x.example.com fwd="192.0.2.2" dyno=web.2 connect=0ms service=30000ms status=503 bytes=0',
    ],
    requests: [
      ['2023-11-14T22:12:50.700Z', '192.0.2.2', 1, 30_000_000],
      ['2023-11-14T22:13:20.481Z', '192.0.2.1', 1, 19_000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'logfmt: fields in any order, quotes within quotes, a name without a value',
    format: 'logfmt',
    lines: [
      'ts=2023-11-14T22:13:20.5Z level=info msg="said \\"hi\\" ts=1" client_ip=192.0.2.1:4711 duration=12.5ms',
      'level=info client_ip= ts=2023-11-14T22:13:21.5Z duration=0.25s msg=done',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.1', 1, 12_500],
      ['2023-11-14T22:13:21.5Z', '-', 1, 250_000],
    ],
  },
  {
    shows: 'logfmt whose time a collector wrote in front, with a unit in the name of the duration',
    format: 'logfmt',
    lines: ['2023-11-14T22:13:20.5Z app[web.1]: method=GET user=u1 duration_ms=7 status=200'],
    requests: [['2023-11-14T22:13:20.5Z', 'u1', 1, 7_000]],
  },
  {
    shows: 'Redis MONITOR: the OK of the command, clients at a port and at a socket',
    format: 'Redis MONITOR',
    lines: [
      'OK',
      '1700000000.107412 [0 192.0.2.1:60866] "incr" "a b"',
      '1700000000.207412 [3 unix:/run/redis.sock] "ping"',
    ],
    requests: [
      ['2023-11-14T22:13:20.107412Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:20.207412Z', 'unix:/run/redis.sock', 1, 0],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'a table parted by blanks whose time is a date and a time of day',
    format: 'table parted by blanks',
    lines: ['2023-11-14 22:13:20.25 u1 /a', '2023-11-14 22:13:20.5 u2 /b'],
    requests: [
      ['2023-11-14T22:13:20.25Z', 'u1', 1, 0],
      ['2023-11-14T22:13:20.5Z', 'u2', 1, 0],
    ],
  },
  {
    shows: 'JSON whose only date has a name of its own',
    format: 'JSON lines',
    lines: ['{"wann":"2023-11-14T22:13:20.5Z","user":{"login":"u1"},"n":7}'],
    requests: [['2023-11-14T22:13:20.5Z', 'u1', 1, 0]],
  },
  {
    shows: 'logfmt behind a syslog header, with a duration that is called a time',
    format: 'logfmt',
    lines: [
      '<134>1 2023-11-14T22:13:20.5Z host app - - - method=GET time_ms=3 ip=192.0.2.1',
      '<134>1 2023-11-14T22:13:21.5Z host app - - - method=GET time_ms=2 ip=192.0.2.2',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'a log of a program: decimals behind a comma, an address among words',
    format: 'table parted by blanks',
    lines: [
      '2023-11-14 22:13:20,250 INFO [http] 192.0.2.1:4711 GET /a',
      '2023-11-14 22:13:20,500 WARN [http] 192.0.2.2:4711 GET /b',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:20.5Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'a request and its response are one request',
    format: 'Vault audit log',
    lines: ['request', 'response'].map((type) =>
      JSON.stringify({
        time: '2023-11-14T22:13:20.25Z',
        type,
        auth: { display_name: 'ann', token_type: 'service' },
        request: { id: '1', operation: 'read', path: 'secret/a', remote_address: '192.0.2.7' },
      }),
    ),
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 1 },
  },
];
