import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { parseList } from 'structured-headers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../src/stores/testing/redis-server.ts';
import { tool } from '../tool.ts';
import { ratelimit } from './program.ts';
import { decisionIn, TestService } from './service.ts';

const services: TestService[] = [];

/** A service that is stopped after the tests. */
async function serving(...flags: string[]): Promise<TestService> {
  const service = await TestService.start(flags);
  services.push(service);
  return service;
}

afterAll(async () => {
  const ends = await Promise.all(services.map((service) => service.stop()));
  expect(ends.map(({ code }) => code)).toEqual(services.map(() => 0));
});

const hourly = ['--algorithm', 'gcra', '--limit', '3/1h']; // so slow that no test is too slow

describe('POST /check', () => {
  test('answers with the decision: 200 as long as it conforms, then 429 with the wait', async () => {
    const service = await serving(...hourly);
    const answers = await Promise.all(Array.from({ length: 5 }, () => service.check({ key: 'ann' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    const { retry_after_us: retryAfterUs, ...decision } = await decisionIn(refused);
    expect(decision).toEqual({ allowed: false, remaining: 0, delay_us: 0 });
    expect(retryAfterUs).toBeLessThanOrEqual(1200e6); // one unit each 20 minutes
    expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(retryAfterUs / 1e6));
    expect((await service.check({ key: 'bob' })).status).toBe(200);
  });

  test('takes the cost, tells a request that can never pass, and lets cost 0 peek', async () => {
    const service = await serving(...hourly);
    const never = await service.check({ key: 'ann', cost: 4 });
    expect([never.status, never.headers.get('retry-after')]).toEqual([429, null]);
    expect(await never.json()).toEqual({ allowed: false, remaining: 3, retry_after_us: -1, delay_us: 0 });
    expect(await (await service.check({ key: 'ann', cost: 2 })).json()).toMatchObject({ remaining: 1 });
    expect(await (await service.check({ key: 'ann', cost: 0 })).json()).toMatchObject({ remaining: 1 });
  });

  test('limits that tenants share, by the name given or the part of the key before the slash', async () => {
    const service = await serving('--algorithm', 'fixed-window', '--limit', '9/1h+2/1h,per=tenant');
    expect((await service.check({ key: 'ann', tenant: 'acme' })).status).toBe(200);
    expect((await service.check({ key: 'acme/bob' })).status).toBe(200);
    expect((await service.check({ key: 'acme/zoe' })).status).toBe(429);
    expect((await service.check({ key: 'zeta/zoe' })).status).toBe(200);
  });

  test('promises what the limiter promises: as many as the limit for each key, however they come', async () => {
    const service = await serving('--algorithm', 'sliding-window-log', '--limit', '20/1h');
    const requests = Array.from({ length: 200 }, (_, at) => service.check({ key: `client-${at % 5}` }));
    const answers = await Promise.all(requests);
    const admitted = [0, 1, 2, 3, 4].map(
      (client) => answers.filter(({ ok }, at) => ok && at % 5 === client).length,
    );
    expect(admitted).toEqual([20, 20, 20, 20, 20]);
  });

  describe('what cannot be decided is refused with the reason', () => {
    let service: TestService;
    const post = (body: string, type = 'application/json') =>
      fetch(`${service.url}/check`, { method: 'POST', headers: { 'content-type': type }, body });

    beforeAll(async () => {
      service = await serving(...hourly);
    });

    test.each([
      ['{}', 400, 'key: is missing'],
      ['{"key":""}', 400, 'key: must not be empty'],
      ['{"key":7}', 400, 'key: must be a text'],
      ['{"key":"a","cost":-1}', 400, 'cost: must be 0 or more'],
      ['{"key":"a","cost":1.5}', 400, 'cost: must be a whole number'],
      ['{"key":"a","cost":4294967296}', 400, 'cost: must be at most 4294967295'],
      [
        '{"key":"a","kost":2,"x":1}',
        400,
        'no field is called "kost"; did you mean "cost"? there are key, cost, tenant, endpoint; no field is called "x"; there are key, cost, tenant, endpoint',
      ],
      ['{"key":"a","limit":1}', 400, 'no field is called "limit"; there are key, cost, tenant, endpoint'],
      [`{"key":"${'x'.repeat(513)}"}`, 400, 'key: must have at most 512 characters'],
      ['[1]', 400, 'must be a JSON object such as {"key": "ann"}'],
      ['{"key":', 400, 'the body is not JSON'],
      ['{"key":"a","__proto__":{"admin":true}}', 400, 'the body is not JSON'],
      ['', 400, 'the body is not JSON'],
      [`{"key":"${'x'.repeat(20_000)}"}`, 413, 'the body has more than 16384 bytes'],
    ])('%.60s', async (body, status, detail) => {
      const answer = await post(body);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toEqual({ status, detail });
      expect(answer.status).toBe(status);
    });

    test('another type than JSON', async () => {
      const answer = await post('{"key":"a"}', 'text/plain');
      expect(await answer.json()).toEqual({
        status: 415,
        detail: 'send JSON, with the header Content-Type: application/json',
      });
    });

    test('another method', async () => {
      const answer = await service.get('/check');
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    });

    test('what is no HTTP', async () => {
      const { hostname, port } = new URL(service.url);
      const socket = connect(Number(port), hostname);
      socket.end('nonsense\r\n\r\n');
      const [chunk] = await once(socket, 'data');
      expect(String(chunk)).toMatch(/^HTTP\/1.1 400 /);
      expect(String(chunk)).not.toMatch(/at .*\.js/);
    });
  });
});

describe('any other path', () => {
  test.each([
    [['--key', 'header:X-Api-Key'], '/', { 'x-api-key': 'ann' }, { 'x-api-key': 'bob' }],
    [['--key', 'bearer'], '/', { authorization: 'Bearer ann' }, { authorization: 'bearer bob' }],
    [
      ['--key', 'x-forwarded-for'],
      '/',
      { 'x-forwarded-for': '6.6.6.6, 10.0.0.1' },
      { 'x-forwarded-for': '10.0.0.2' },
    ],
  ])('%j: one key is refused, the other not', async (flags, path, ann, bob) => {
    const service = await serving('--algorithm', 'gcra', '--limit', '1/1h', ...flags);
    expect((await service.get(path, ann)).status).toBe(200);
    expect((await service.get(path, ann)).status).toBe(429);
    expect((await service.get(path, bob)).status).toBe(200);
  });

  test('a query parameter; without it there is nothing to decide', async () => {
    const service = await serving('--algorithm', 'gcra', '--limit', '1/1h', '--key', 'query:api_key');
    const statuses = [];
    for (const query of ['?api_key=ann', '?api_key=ann', '?api_key=bob', '?key=ann', '?api_key='])
      statuses.push((await service.get(`/v1/users${query}`)).status);
    expect(statuses).toEqual([200, 429, 200, 400, 400]);
    expect(await (await service.get('/')).json()).toEqual({
      status: 400,
      detail: 'there is no key: send the query parameter api_key',
    });
  });

  test('any method, with any body, which is left alone', async () => {
    const service = await serving('--algorithm', 'gcra', '--limit', '9/1h');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? 'x'.repeat(100_000) : null;
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${service.url}/${method}`, { method, headers, body })).status).toBe(200);
    }
    expect((await service.get(`/${'long/'.repeat(500)}%zz`)).status).toBe(400); // it is no path
  });

  test('a queue holds back what it admits', async () => {
    const service = await serving('--algorithm', 'leaky-bucket-queue', '--limit', '20/1s');
    const answers = await Promise.all([1, 2, 3].map(() => service.get('/')));
    const delays = await Promise.all(answers.map(async (answer) => (await decisionIn(answer)).delay_us));
    expect(delays.sort((one, other) => one - other)[0]).toBe(0);
    expect(Math.max(...delays)).toBeGreaterThan(0);
  });
});

describe('header fields', () => {
  test('of the current draft: structured fields, one item for each limit', async () => {
    const service = await serving('--algorithm', 'gcra', '--limit', '2/1h,burst=1+100/1d');
    const { headers } = await service.get('/');
    expect(parseList(headers.get('ratelimit-policy')!)).toEqual([
      [
        '2/1h,burst=1',
        new Map([
          ['q', 2],
          ['w', 3600],
        ]),
      ],
      [
        '100/1d',
        new Map([
          ['q', 100],
          ['w', 86_400],
        ]),
      ],
    ]);
    const [[hour, ofHour], [day, ofDay]] = parseList(headers.get('ratelimit')!);
    expect([hour, ofHour.get('r'), day, ofDay.get('r')]).toEqual(['2/1h,burst=1', 0, '100/1d', 99]);
    expect(ofHour.get('t')).toBeLessThanOrEqual(1800);
    expect(ofDay.get('t')).toBeLessThanOrEqual(864);
  });

  test('the older ones by choice, in whole seconds rounded up', async () => {
    const older = await serving(...hourly, '--headers', 'draft-7,draft-6,x-ratelimit');
    const { headers } = await older.check({ key: 'ann', cost: 3 });
    expect(headers.get('ratelimit-policy')).toBe('3;w=3600');
    expect(headers.get('ratelimit')).toBe('limit=3, remaining=0, reset=1200');
    const names = [
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'x-ratelimit-limit',
      'x-ratelimit-remaining',
    ];
    expect(names.map((name) => headers.get(name))).toEqual(['3', '0', '1200', '3', '0']);
    const date = Date.parse(headers.get('date')!) / 1e3;
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThanOrEqual(date + 1200);
  });

  test('none; Retry-After stays', async () => {
    const service = await serving(...hourly, '--headers', 'none');
    await service.check({ key: 'ann', cost: 3 });
    const { headers } = await service.check({ key: 'ann', cost: 1 });
    expect([...headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
    expect(headers.get('retry-after')).not.toBeNull();
  });

  test('a key cannot write fields', async () => {
    const service = await serving(...hourly);
    const key = 'ann\r\nset-cookie: a=b';
    const { headers } = await service.check({ key, tenant: key, endpoint: key });
    expect(headers.get('set-cookie')).toBeNull();
    expect(await (await service.get('/metrics')).text()).not.toMatch(/^set-cookie/m);
  });
});

describe('for those who run it', () => {
  test('/metrics: promtool complains of nothing but the name that was asked for', async () => {
    const promtool = tool(['promtool'], 'prometheus');
    const service = await serving(...hourly);
    for (const key of ['acme/"ann"\n', 'acme/bob', 'zoe'])
      await service.check({ key, endpoint: '/v1/\\"users' });
    await service.check({ key: 'zoe', cost: 3 });
    await service.check({});
    const text = await (await service.get('/metrics')).text();
    const { stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect((stdout + stderr).trim()).toBe(
      "rate_limiter_active_keys_gauge metric name should not include type 'gauge'",
    );
    expect(text).toContain('{status="allowed",tenant_id="acme",endpoint="/v1/\\\\\\"users"} 2\n');
    expect(
      await service.metric('rate_limiter_requests_total{status="refused",tenant_id="",endpoint=""}'),
    ).toBe(1);
    expect(
      await service.metric('rate_limiter_requests_total{status="invalid",tenant_id="",endpoint=""}'),
    ).toBe(1);
    expect(await service.metric('rate_limiter_latency_seconds_count')).toBe(4);
    expect(await service.metric('rate_limiter_active_keys_gauge')).toBe(3);
    expect(await service.metric('rate_limiter_cache_hit_ratio')).toBe(1 / 4);
    expect(await service.metric('rate_limiter_redis_errors_total')).toBe(0);
  });

  test('clients cannot make more series than a bound', async () => {
    const service = await serving(...hourly);
    const ask = (at: number) => service.check({ key: `tenant-${at}/ann`, endpoint: `/page/${at}` });
    for (let at = 0; at < 300; at += 50)
      await Promise.all([...Array(50).keys()].map((more) => ask(at + more)));
    const text = await (await service.get('/metrics')).text();
    expect(text.match(/^rate_limiter_requests_total/gm)).toHaveLength(51);
    expect(text).toContain('{status="allowed",tenant_id="other",endpoint="other"} 250\n');
  });

  test('/health and /ready', async () => {
    const service = await serving(...hourly);
    expect([(await service.get('/health')).status, (await service.get('/ready')).status]).toEqual([200, 200]);
  });

  test('SIGTERM: what is under way is answered, then it ends with 0', async () => {
    const service = await TestService.start(['--algorithm', 'leaky-bucket-queue', '--limit', '1/1s,burst=9']);
    await service.get('/');
    const held = service.get('/'); // for about a second
    await until(async () => (await service.metric('rate_limiter_latency_seconds_count')) === 2);
    const ended = service.stop();
    const answer = await held;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: `ratelimit: listening on ${service.url}\n`,
    });
  });
});

describe('wrong flags: exit code 2 and what to write instead', () => {
  test.each([
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--key', 'cookie'],
      '--key: "cookie" is no place for a key; use address, x-forwarded-for[:PROXIES], bearer, header:NAME or query:NAME',
    ],
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--key', 'header:a b'],
      '--key: "header:a b" is no place for a key;',
    ],
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--headers', 'draft-5'],
      '--headers: no style is called "draft-5"; did you mean "draft-7"? there are draft, draft-7, draft-6, x-ratelimit, and none',
    ],
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--headers', 'draft,draft-6'],
      '--headers: "draft,draft-6": draft and the older drafts write RateLimit-Policy',
    ],
    [['--algorithm', 'gcra', '--limit', '1/1s', '--port', '65536'], '--port: "65536" is not a port;'],
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--on-store-error', 'open'],
      '--on-store-error: speaks of a store;',
    ],
    [
      ['--algorithm', 'gcra', '--limit', '1/1s', '--otlp', 'collector'],
      '--otlp: "collector" is not an address;',
    ],
    [
      ['--algorithm', 'concurrency', '--limit', '1/1s'],
      '--algorithm concurrency: decides by how long requests take',
    ],
    [['--algorithm', 'gcra', '--limit', '1'], '--limit: "1" is not a limit'],
  ])('%j', async (flags, message) => {
    const { code, stdout, stderr } = await ratelimit(['serve', '--port', '0', ...flags]);
    expect(stderr).toContain(`ratelimit: ${message}`);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('a variable that is no address for traces: exit code 2', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
    const { code, stderr } = await ratelimit(['serve', ...hourly, '--port', '0'], '', env);
    expect(stderr).toBe(
      'ratelimit: OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" is not an address; write one such as http://localhost:4318\n',
    );
    expect(code).toBe(2);
  });

  test('a port that is taken: exit code 3', async () => {
    const service = await serving(...hourly);
    const { code, stderr } = await ratelimit(['serve', ...hourly, '--port', new URL(service.url).port]);
    expect(stderr).toMatch(
      /^ratelimit: cannot listen on 127\.0\.0\.1:\d+: it is in use; name another with --port\n$/,
    );
    expect(code).toBe(3);
  });
});
