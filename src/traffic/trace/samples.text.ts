/** For tests: what frameworks and proxies write for people, and lines with a time in front. */
import type { FormatSample } from './formats.samples.ts';

export const textSamples: readonly FormatSample[] = [
  {
    shows: 'pairs in braces, as programs in Rust write those of a span',
    format: 'logfmt',
    lines: [
      '2023-11-14T22:13:20.5Z  INFO request{method=GET uri=/a client=192.0.2.7}: on_response: done latency=12 ms status=200',
      '2023-11-14T22:13:21.5Z  INFO request{method=GET uri=/a client=192.0.2.8}: on_response: done latency=9 ms status=200',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 12_000],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 9000],
    ],
  },
  {
    shows: 'what nginx escapes as it does in text, and numbers of Python that are none',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-11-14T22:13:20.5Z","ip":"192.0.2.7","agent":"a \\x22b\\x22"}',
      '{"time":"2023-11-14T22:13:21.5Z","ip":"192.0.2.8","took":NaN,"seen":[-Infinity, 1]}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'a time in brackets, whose date and time of day are two words',
    format: 'table parted by blanks',
    lines: [
      '192.0.2.7 [2023-11-14 22:13:20.5] "GET / HTTP/1.1" 200',
      '192.0.2.8 [2023-11-14 22:13:21.5] "GET / HTTP/1.1" 200',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'a client within a word, and no thread for it',
    format: 'lines that tell requests',
    lines: [
      '2023-11-14T22:13:20.5Z  INFO 7 --- [exec-1] c.e.RequestLog : GET "/a" client=192.0.2.7 200 12ms',
      '2023-11-14T22:13:21.5Z  INFO 7 --- [exec-2] c.e.RequestLog : GET "/a" client=192.0.2.7 200 12ms',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.7', 1, 0],
    ],
  },
  {
    shows: 'a client among words, beside pairs that tell none',
    format: 'table parted by blanks',
    lines: [
      '2023-11-14 22:13:20.5 INFO [exec-1] c.e.Filter - GET /a from 192.0.2.7 status=200 took=12ms',
      '2023-11-14 22:13:21.5 INFO [exec-2] c.e.Filter - GET /a from 192.0.2.8 status=200 took=13ms',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'objects among what the program says beside them, one of them cut short',
    format: 'JSON lines',
    lines: [
      '> node server.js',
      '{"time":"2023-11-14T22:13:20.5Z","ip":"192.0.2.7","url":"/a"}',
      'worker 3: cache refreshed in 12 ms',
      '[2023-11-14 22:13:21] INFO starting job 7',
      '{"time":"2023-11-14T22:13:21.5Z","ip":"192.0.2.8","url":"/a"}',
      '{"time":"2023-11-14T22:13:2',
      '192.0.2.9 GET /b 200',
      '{"time":"2023-11-14T22:13:22.5Z","ip":"192.0.2.8","url":"/a"}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
      ['2023-11-14T22:13:22.5Z', '192.0.2.8', 1, 0],
    ],
    skipped: { 'not a request': 3, 'bad JSON': 2 },
  },
  {
    shows: 'aligned columns, latencies with their units, what the program says beside them',
    format: 'Gin log',
    lines: [
      '[GIN-debug] GET    /ping                     --> main.main.func1 (3 handlers)',
      '[GIN] 2023/11/14 - 22:13:20 | 200 |      45.291µs |       192.0.2.7 | GET      "/ping"',
      'connected to the store',
      'app-1  | [GIN] 2023/11/14 - 22:13:25 | 404 |   2.250000s |             ::1 | POST     "/a | b"',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 45],
      ['2023-11-14T22:13:23Z', '::1', 1, 2_250_000],
    ],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'requests without a client',
    format: 'Django development server log',
    lines: [
      'Watching for file changes with StatReloader',
      '[14/Nov/2023 22:13:20] "GET /admin/ HTTP/1.1" 200 4567',
      '[14/Nov/2023 22:13:21] "GET /a.css HTTP/1.1" 304 0',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', 'all', 1, 0],
      ['2023-11-14T22:13:21Z', 'all', 1, 0],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'one request of many lines, as in development and behind a logger',
    format: 'Rails log',
    lines: [
      'Started GET "/users/1" for 192.0.2.7 at 2023-11-14 23:13:20 +0100',
      'Processing by UsersController#show as HTML',
      '  Parameters: {"id"=>"1"}',
      'Completed 200 OK in 58ms (Views: 40.4ms | ActiveRecord: 15.2ms)',
      '',
      'I, [2023-11-14T23:13:21.123456 #7]  INFO -- : [r2] Started POST "/users" for ::1 at 2023-11-14 23:13:21 +0100',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '::1', 1, 0],
    ],
    skipped: { 'not a request': 3, blank: 1 },
  },
  {
    shows: 'the time of the response, and how long it took',
    format: 'ingress-nginx log',
    lines: [
      '192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 200 612 "-" "curl \\"8\\"" 412 0.003 [web-80] [] 198.51.100.4:80 612 0.003 200 4f3e',
      '2001:db8::7 - ann [14/Nov/2023:22:13:22 +0000] "GET / HTTP/1.1" 503 612 "-" "-" 412 1.204 [web-80] [] 198.51.100.4:80, 198.51.100.5:80 0, 612 0.100, 1.104 502, 503 4f3f',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 3_000],
      ['2023-11-14T22:13:21Z', '2001:db8::7', 1, 1_204_000],
    ],
  },
  {
    shows: 'a container whose lines Kubernetes keeps, among those that the controller writes about itself',
    format: 'ingress-nginx log',
    lines: [
      '2023-11-14T22:13:19.000000001Z stderr F I1114 22:13:19.000000       7 controller.go:190] "Backend reload"',
      '2023-11-14T22:13:20.000000001Z stdout F 192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 200 612 "-" "-" 412 0.003 [web-80] [] 198.51.100.4:80 612 0.003 200 4f3e',
      '<13>1 2023-11-14T22:13:21Z node ingress - - - 192.0.2.8 - ann [14/Nov/2023:22:13:21 +0000] "GET / HTTP/1.1" 200 612 "-" "-" 412 0.003 [web-80] [] 198.51.100.4:80 612 0.003 200 4f3f',
      '192.0.2.9 - ann lee [14/Nov/2023:22:13:22 +0000] "GET / HTTP/1.1" 200 612 "-" "-" 412 0.003 [web-80] [] 198.51.100.4:80 612 0.003 200 4f40',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 3_000],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 3_000],
      ['2023-11-14T22:13:22Z', '192.0.2.9', 1, 3_000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'what the server writes about itself is no damaged line; a damaged line is one',
    format: 'Apache combined log',
    lines: [
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      '2023/11/14 22:13:19 [notice] 1#1: start worker processes',
      '192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 404 153 "-" "curl/8"',
      '2023/11/14 22:13:20 [error] 29#29: *1 open() "/srv/a" failed, client: 192.0.2.7, request: "GET / HTTP/1.1"',
      '[Tue Nov 14 22:13:21.123456 2023] [core:error] [pid 7:tid 8] [client 192.0.2.7:40010] AH00126: Invalid URI',
      '[2023-11-14 22:13:21 +0000] [7] [INFO] Booting worker with pid: 8',
      '192.0.2.8 - - [14/Nov/2023:22:13:22 +0000] "GET /error',
      '192.0.2.8 - - [14/Nov/2023:22:13:22 +0000] "GET / HTTP/1.1" 200 153 "-" "curl/8"',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:22Z', '192.0.2.8', 1, 0],
    ],
    skipped: { 'not a request': 5, 'wrong shape': 1 },
  },
  {
    shows:
      'containers whose lines Kubernetes or docker compose keep, among those that Envoy writes about itself',
    format: 'Envoy text log',
    lines: [
      'envoy-1  | [2023-11-14 22:13:19.123][1][info][main] [source/server/server.cc:412] initializing epoch 0 (base id=0, version 11.120)',
      'envoy-1  | [2023-11-14T22:13:20.250Z] "GET /debug HTTP/1.1" 200 - 0 178 2 1 "192.0.2.7" "curl/8" "4f3e" "a.example" "198.51.100.4:80"',
      '2023-11-14T22:13:21.5000001Z stdout F [2023-11-14T22:13:21.250Z] "GET / HTTP/1.1" 200 - 0 178 3 1 "192.0.2.8" "curl/8" "4f3f" "a.example" "198.51.100.4:80"',
      '2023-11-14T22:13:22.190112Z\tinfo\txdsproxy\tconnected to upstream XDS server: istiod.istio-system.svc:15012',
      '[2023-11-14T22:13:22.250Z] "GET /debug HTTP/1.1" 200',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 2_000],
      ['2023-11-14T22:13:21.25Z', '192.0.2.8', 1, 3_000],
    ],
    skipped: { 'not a request': 2, 'wrong shape': 1 },
  },
  {
    shows: 'what the server writes about itself behind syslog as well',
    format: 'Common log behind a prefix',
    lines: [
      '<134>1 2023-11-14T22:13:20Z node web 12 - - 192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 404 153',
      '<134>1 2023-11-14T22:13:20Z node web 12 - - [Tue Nov 14 22:13:20.123456 2023] [core:error] [pid 7:tid 8] AH00126: Invalid URI',
      '<134>1 2023-11-14T22:13:21Z node web 12 - - AH00558: the name of the server is not known',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'objects among what the server writes about itself, which are no damaged objects',
    format: 'Traefik JSON log',
    lines: [
      'time="2023-11-14T22:13:19Z" level=info msg="Configuration loaded"',
      '{"ClientHost":"192.0.2.7","StartUTC":"2023-11-14T22:13:20.25Z","Duration":3000000,"RouterName":"web"}',
      '2023-11-14T22:13:21Z INF Starting provider *docker.Provider',
      '{"ClientHost":"192.0.2.8","StartUTC":"2023-11-14T22:13:21.25Z","Dura',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 3_000]],
    skipped: { 'not a request': 2, 'bad JSON': 1 },
  },
  {
    shows: 'a date of numbers before the time (cPanel)',
    format: 'Apache combined log',
    lines: [
      '192.0.2.7 - - [11/14/2023:22:13:20 -0000] "GET /a HTTP/1.1" 200 0 "-" "curl/8" "-" "-" 2083',
      '192.0.2.8 - ann [11/14/2023:23:13:21 +0100] "GET /b HTTP/1.1" 200 0 "-" "curl/8" "s" "-" 2083',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows:
      'scheme and host between the method and the path, whose address is no client (Nginx Proxy Manager)',
    format: 'lines that tell requests',
    lines: [
      '[14/Nov/2023:22:13:20 +0000] - 200 200 - GET https 198.51.100.4 "/a" [Client 192.0.2.7] [Length 153] [Gzip -] [Sent-to 198.51.100.5] "curl/8" "-"',
      '[14/Nov/2023:22:13:21 +0000] 301 - PROPFIND http a.example "/b" [Client 192.0.2.8] [Length 0] [Gzip -] "curl/8" "-"',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'commas between pairs, which are no part of a value (Keycloak, Dovecot)',
    format: 'logfmt',
    lines: [
      '2023-11-14 22:13:20,250 WARN  [org.keycloak.events] (executor-1) type=LOGIN_ERROR, realmId=r1, userId=null, ipAddress=192.0.2.7, error="none"',
      '2023-11-14 22:13:21,250 WARN  [org.keycloak.events] (executor-1) type=LOGIN, realmId=r1, userId=null, ipAddress=192.0.2.8, error=none',
    ],
    options: { key: 'ipAddress' },
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.25Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'the time of the request, and a duration behind all',
    format: 'Traefik common log',
    lines: [
      '192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 200 612 "-" "-" 1 "web@docker" "http://198.51.100.2:80" 1204ms',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 1_204_000]],
  },
  {
    shows: 'an element a line',
    format: 'API Gateway XML log',
    lines: [
      '<request id="a1"> <ip>192.0.2.7</ip> <caller>-</caller> <user>-</user> <requestTime>14/Nov/2023:22:13:20 +0000</requestTime> <httpMethod>GET</httpMethod> <status>200</status> </request>',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'a time without a year in front, lines of the program beside requests',
    format: 'logfmt',
    lines: [
      'I1231 23:59:59.250000       1 httplog.go:132] "HTTP" verb="GET" URI="/api" latency="1.25ms" srcIP="192.0.2.7:43512" resp=200',
      'I1231 23:59:59.500000       1 controller.go:22] "Starting controller" name="x"',
      'I0101 00:00:00.500000       1 httplog.go:132] "HTTP" verb="LIST" URI="/api" latency="20ms" srcIP="192.0.2.8:43512" resp=200',
    ],
    requests: [
      ['1970-12-31T23:59:59.25Z', '192.0.2.7', 1, 1_250],
      ['1971-01-01T00:00:00.5Z', '192.0.2.8', 1, 20_000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'a logger of Ruby in front of the pairs',
    format: 'logfmt',
    lines: [
      'I, [2023-11-14T22:13:20.250000 #4321]  INFO -- : method=GET path=/users/1 status=200 duration=58.25 ip=192.0.2.7',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 58_250]],
  },
  {
    shows: 'through a drain of syslog, with the proxies behind the client',
    format: 'Heroku router log',
    lines: [
      '<158>1 2023-11-14T22:13:20.300000+00:00 host heroku router - at=info method=GET path="/" fwd="192.0.2.7, 198.51.100.9" connect=0ms service=50ms status=200',
      '2023-11-14T22:13:21.300000+00:00 heroku[router]: at=info method=GET path="/" fwd="192.0.2.8" connect=10ms service=40ms status=200',
      '2023-11-14T22:13:21.400000+00:00 app[web.1]: done',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 50_000],
      ['2023-11-14T22:13:21.25Z', '192.0.2.8', 1, 50_000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'what fluentd writes: time, tag, record',
    format: 'JSON lines',
    lines: [
      '2023-11-14T22:13:20+00:00\tapache.access\t{"host":"192.0.2.7","method":"GET","path":"/","code":200}',
      '2023-11-14T22:13:21+00:00\tapache.access\t{"host":"192.0.2.8","method":"GET","path":"/","code":200}',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'entries without a method are no requests where others have one',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-11-14T22:13:20.25Z","msg":"listening"}',
      '{"time":"2023-11-14T22:13:20.5Z","msg":"done","http":{"method":"GET"},"ip":"192.0.2.7"}',
      '{"time":"2023-11-14T22:13:20.75Z","msg":"cache is warm","ip":"192.0.2.8"}',
    ],
    requests: [['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'a program of its own: date, address and request in any order',
    format: 'lines that tell requests',
    lines: [
      'server started',
      '[2023-11-14T22:13:20.25Z INFO access] 192.0.2.7 "GET /a HTTP/1.1" 200 17 "-" "curl"',
      '14-Nov-2023 22:13:20.500 INFO [exec-1] POST http://example.com/b from [2001:db8::7]:443 took 3 ms',
      'Nov 14 22:13:20 gone is 198.51.100.1',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.5Z', '2001:db8::7', 1, 0],
    ],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'requests without times at a rate',
    format: 'lines that tell requests',
    options: { ratePerSecond: 4 },
    lines: [
      'INFO:     Started server process [1]',
      'INFO:     192.0.2.7:52345 - "GET /items/1 HTTP/1.1" 200 OK',
      'INFO:     192.0.2.8:52346 - "GET /items/2 HTTP/1.1" 404 Not Found',
    ],
    requests: [
      ['1970-01-01T00:00:00Z', '192.0.2.7', 1, 0],
      ['1970-01-01T00:00:00.25Z', '192.0.2.8', 1, 0],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'a title and a cut line before a table, a date and a time of twelve hours',
    format: 'CSV',
    lines: [
      'Report of 14 November',
      'Date,Time,Client',
      '11/14/2023,9:13:20 PM,192.0.2.7',
      '11/14/2023,10:13:20 PM,192.0.2.8',
    ],
    requests: [
      ['2023-11-14T21:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20Z', '192.0.2.8', 1, 0],
    ],
    skipped: { header: 1, 'bad time': 1 },
  },
  {
    shows: 'rows that end in more delimiters than the names have',
    format: 'TSV',
    lines: [
      'host\tlogname\ttime\tmethod',
      '192.0.2.7\t-\t1700000000\tGET\t\t',
      '192.0.2.8\t-\t1700000001\tGET\t\t',
      '192.0.2.8\t-\t1700000002\tPUT\t\t',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
      ['2023-11-14T22:13:22Z', '192.0.2.8', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'Istio: the client as the sidecar knows it, timers behind more fields than Envoy has',
    format: 'Istio text log',
    lines: [
      '[2023-11-14T22:13:20.250Z] "GET /a HTTP/1.1" 200 - via_upstream - "-" 0 178 2 1 "-" "curl/8" "r1" "web:80" "198.51.100.1:80" inbound|80|| 127.0.0.6:1 198.51.100.1:80 192.0.2.7:39696 - default',
      '[2023-11-14T22:13:20.500Z] "- - -" 0 UF,URX - - "TLS error" 0 0 3003 - "-" "-" "-" "-" "198.51.100.1:80" outbound|80||x - 198.51.100.1:80 192.0.2.8:39696 - -',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 2_000],
      ['2023-11-14T22:13:20.5Z', '192.0.2.8', 1, 3_003_000],
    ],
  },
  {
    shows: 'Istio before 1.9',
    format: 'Istio text log',
    lines: [
      '[2023-11-14T22:13:20.250Z] "GET /a HTTP/1.1" 418 - "-" "-" 0 135 4 3 "-" "curl/7" "r1" "web:80" "127.0.0.1:80" inbound|80|http|x - 198.51.100.1:80 192.0.2.7:37652 - default',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 4_000]],
  },
  {
    shows: 'a program whose lines are of one width, of which some tell a request',
    format: 'lines that tell requests',
    lines: [
      '2023-11-14 22:13:20.250 7 INFO wsgi [r1] 192.0.2.7 "GET /v2/servers HTTP/1.1" status: 200',
      '2023-11-14 22:13:20.300 7 INFO compute [r2] instance 4f3e "spawned in" 3 seconds',
      '2023-11-14 22:13:20.500 7 WARN wsgi [r3] 192.0.2.8 "POST /v2/servers HTTP/1.1" status: 503',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.5Z', '192.0.2.8', 1, 0],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'sentences beside an address, such as what a browser calls itself',
    format: 'CSV',
    lines: [
      '2023-11-14T22:13:20.25Z,192.0.2.7,Mozilla/5.0 (X11; Linux x86_64) Gecko (KHTML) Safari',
      '2023-11-14T22:13:20.5Z,192.0.2.8,Mozilla/5.0 (X11; Linux x86_64) Gecko (KHTML) Safari',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.5Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'semicolons that part more columns than commas within them do',
    format: 'CSV (;)',
    lines: [
      '1.0;2023-11-14T22:13:20.25Z;GetBlob;192.0.2.7:4362;Thursday, 19-Jun-14;x',
      '1.0;2023-11-14T22:13:20.5Z;GetBlob;192.0.2.8:4362;Thursday, 19-Jun-14;x',
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.5Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'the date without its century of Tornado',
    format: 'lines that tell requests',
    lines: ['[I 231114 22:13:20 web:2271] 200 GET /a (192.0.2.7) 1.23ms'],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'blanks within quotes do not move the fields behind them; several blanks part as one does',
    format: 'IIS W3C extended log',
    lines: [
      '#Software: Microsoft Internet Information Services 6.0',
      '#Fields:  date time  c-ip cs(Cookie) cs(User-Agent) sc-status time-taken',
      '2023-11-14 22:13:20 192.0.2.7 "a=1; b=2; c=(x y)" Mozilla/4.0+("x") 200 1687',
      '2023-11-14  22:13:21   192.0.2.8   -   "curl 8"   200   15',
      '2023-11-14 22:13:22 192.0.2.9 "unclosed curl 200 20',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 1_687_000],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 15_000],
      ['2023-11-14T22:13:22Z', '192.0.2.9', 1, 20_000],
    ],
    skipped: { directive: 2 },
  },
  {
    shows: 'local dates, and a duration by another name',
    format: 'IIS W3C extended log',
    lines: [
      '#Software: IIS Advanced Logging Module',
      '#Fields: date-local time-local c-ip TimeTakenMS',
      '2023-11-14 22:13:20.250 "192.0.2.7" 109',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 109_000]],
    skipped: { directive: 2 },
  },
  {
    shows: 'the format that IIS has beside W3C: short dates, blanks behind commas',
    format: 'CSV',
    lines: [
      '192.0.2.7, -, 11/14/03, 9:13:20, W3SVC1, WEB1, 198.51.100.1, 15, 310, 2048, 200, 0, GET, /a.gif, -,',
      '192.0.2.8, ann, 11/14/03, 9:13:21, W3SVC1, WEB1, 198.51.100.1, 20, 290, 512, 304, 0, GET, /b.css, -,',
    ],
    requests: [
      ['2003-11-14T09:13:20Z', '192.0.2.7', 1, 0],
      ['2003-11-14T09:13:21Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'of two dates in a line the one with a year',
    format: 'lines that tell requests',
    lines: [
      'Nov 14 22:13:21 web01 app: [2023-11-14T22:13:20.25Z] 192.0.2.7 asks GET /a',
      'Nov 14 22:13:22 web01 sshd: connection closed',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'zap lines of another program than Caddy',
    format: 'JSON lines',
    lines: [
      '{"ts":"2023-11-14T22:13:20.25Z","level":"INFO","msg":"handled","logger":"web.server","user":"u1"}',
    ],
    requests: [['2023-11-14T22:13:20.25Z', 'u1', 1, 0]],
  },
  {
    shows: 'the client before the proxies that passed it on',
    format: 'Apache combined log',
    options: { key: 'host,user' },
    lines: [
      '192.0.2.7, 198.51.100.1 - - [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 200 1 "-" "curl"',
      '2001:db8::7, 198.51.100.1, 198.51.100.2 - Mary Ann [14/Nov/2023:22:13:21 +0000] "GET / HTTP/1.1" 200 1 "-" "curl"',
      '192.0.2.8 - - [14/Nov/2023:22:13:22 +0000] "GET / HTTP/1.1" 200 1 "-" "curl"',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7/-', 1, 0],
      ['2023-11-14T22:13:21Z', '2001:db8::7/Mary Ann', 1, 0],
      ['2023-11-14T22:13:22Z', '192.0.2.8/-', 1, 0],
    ],
  },
  {
    shows: 'the same behind a prefix',
    format: 'Apache combined log behind a prefix',
    lines: [
      'web-1  | 192.0.2.7, 198.51.100.1 - bob [14/Nov/2023:22:13:20 +0000] "GET / HTTP/1.1" 200 1 "-" "curl"',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'labels in any order, seconds of reqtime, a label without a value',
    format: 'LTSV',
    lines: [
      'time:[14/Nov/2023:22:13:20 +0000]\thost:192.0.2.7\treq:GET /a:b HTTP/1.1\tstatus:200\treqtime:0.25',
      'host:\ttime:[14/Nov/2023:22:13:21 +0000]\treqtime:-\treq:GET / HTTP/1.1',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 250_000],
      ['2023-11-14T22:13:21Z', '-', 1, 0],
    ],
  },
  {
    shows: 'the name of a part of the program, which has the marks of an address',
    format: 'lines that tell requests',
    lines: ['[2023-11-14T22:13:20Z INFO  actix_web::middleware::logger] 192.0.2.7 "GET /a HTTP/1.1" 200 1'],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'a line in a column of a table without names has no virtual host and no quote in its client',
    format: 'lines that tell requests',
    lines: [
      '2023-11-14 22:13:20.250,"192.0.2.7 - - [14/Nov/2023:22:13:20 +0000] ""GET /a HTTP/1.1"" 200 1 ""-"" ""curl/8"""',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'times of day without a date, past a midnight, one of them late (Phoenix)',
    format: 'lines that tell requests',
    lines: [
      '23:59:58.250 [info] GET /a',
      '23:59:58.500 [info] Sent 200 in 4ms',
      '00:00:01.250 [info] GET /b',
      '23:59:59.250 [info] GET /late',
      '00:00:02.250 [info] GET /c',
    ],
    requests: [
      ['1970-01-01T23:59:58.25Z', 'all', 1, 0],
      ['1970-01-01T23:59:59.25Z', 'all', 1, 0],
      ['1970-01-02T00:00:01.25Z', 'all', 1, 0],
      ['1970-01-02T00:00:02.25Z', 'all', 1, 0],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'an address behind a colon, and no other time than the one in brackets',
    format: 'lines that tell requests',
    lines: [
      'INFO:access:worker-1:192.0.2.7 [14/Nov/2023:22:13:20 +0000] done: "GET /a HTTP/1.1"',
      'INFO:root:started',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'a client that has neither ident nor user behind it is no user (aiohttp)',
    format: 'lines that tell requests',
    lines: [
      '2023-11-14 22:13:20,250 INFO aiohttp.access 192.0.2.7 [14/Nov/2023:22:13:20 +0000] "GET /a HTTP/1.1" 200 1 "-" "curl/8"',
      '2023-11-14 22:13:21,250 INFO aiohttp.access started',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'what Excel is told of the delimiter, before the header',
    format: 'CSV (;)',
    lines: ['sep=;', 'time;user', '2023-11-14T22:13:20Z;ann'],
    requests: [['2023-11-14T22:13:20Z', 'ann', 1, 0]],
    skipped: { directive: 1, header: 1 },
  },
  {
    shows: 'a port behind a dot, as tcpdump prints it',
    format: 'lines that tell requests',
    lines: [
      '2023-11-14 22:13:20.250000 IP 192.0.2.7.51234 > 192.0.2.1.80: Flags [P.], HTTP: GET /a HTTP/1.1',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'pairs parted by tabs',
    format: 'logfmt',
    lines: [
      '2023-11-14 22:13:20,250 INFO audit: allowed=true\tugi=ann (auth:SIMPLE)\tip=192.0.2.7\tcmd=open',
    ],
    requests: [['2023-11-14T22:13:20.25Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'commas within dates do not part a table whose header has none',
    format: 'CSV (;)',
    lines: [
      'date;ip',
      'Tue, 14 Nov 2023 22:13:20 +0100;192.0.2.7',
      'Tue, 14 Nov 2023 22:13:21 +0100;192.0.2.8',
    ],
    requests: [
      ['2023-11-14T21:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T21:13:21Z', '192.0.2.8', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'what psql prints: aligned, ruled, and counted at its end',
    format: 'CSV (|)',
    lines: [
      '         time          | client ',
      '-----------------------+--------',
      ' 2023-11-14 22:13:20+00 | a',
      ' 2023-11-14 22:13:21+00 | bcd ',
      '(2 rows)',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', 'a', 1, 0],
      ['2023-11-14T22:13:21Z', 'bcd', 1, 0],
    ],
    skipped: { header: 1, directive: 2 },
  },
  {
    shows: 'what the mysql client draws',
    format: 'CSV (|)',
    lines: [
      '+---------------------+--------+',
      '| time                | client |',
      '+---------------------+--------+',
      '| 2023-11-14 22:13:20 | a      |',
      '+---------------------+--------+',
    ],
    requests: [['2023-11-14T22:13:20Z', 'a', 1, 0]],
    skipped: { header: 1, directive: 3 },
  },
  {
    shows: 'a table of Markdown',
    format: 'CSV (|)',
    lines: ['| time | client |', '|---|:--|', '| 2023-11-14T22:13:20Z | a |'],
    requests: [['2023-11-14T22:13:20Z', 'a', 1, 0]],
    skipped: { header: 1, directive: 1 },
  },
  {
    shows: 'durations that would be hours as milliseconds, as Go writes them',
    format: 'JSON lines',
    lines: ['{"time":"2023-11-14T22:13:20.5Z","method":"GET","remote":"192.0.2.7:5123","duration":12345678}'],
    requests: [['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 12_346]],
  },
  {
    shows: 'tokens at even steps, which are of requests and no measurements',
    format: 'CSV',
    lines: [
      'TIMESTAMP,Model,ContextTokens',
      ...[0, 1, 2].map((second) => `2023-11-14 22:13:2${second}.5,m,${374 + second}`),
    ],
    requests: [0, 1, 2].map((second) => [`2023-11-14T22:13:2${second}.5Z`, 'all', 1, 0] as const),
    skipped: { header: 1 },
  },
];
