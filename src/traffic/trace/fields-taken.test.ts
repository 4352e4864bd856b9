import { expect, test } from 'vitest';
import { asWritten, readTrace } from './testing.ts';

/** Which fields of a trace without a format of its own are taken, by the note that says so. */
async function taken(lines: readonly string[]): Promise<string> {
  const { summary } = await readTrace(`${lines.join('\n')}\n`, asWritten);
  return summary.notes?.find((note) => note.startsWith('fields taken')) ?? summary.format ?? '';
}

const seconds = [0, 1, 2, 3];
const stamp = (second: number) => `2023-11-14T22:13:2${second}Z`;
const client = (second: number) => `192.0.2.${second % 2}`;
const objects = (fields: (second: number) => object) =>
  seconds.map((second) => JSON.stringify(fields(second)));

test.each([
  [
    'the outermost of fields of one name: what lies deeper is about something else',
    objects((at) => ({
      payload: { created_at: '2011-01-01T00:00:00Z' },
      actor: at % 2,
      created_at: stamp(at),
    })),
    'time: created_at; key: actor',
  ],
  [
    'one that most lines have rather than a likelier name that few have',
    objects((at) => ({
      created_at: stamp(at),
      actor: { login: client(at) },
      ...(at === 0 ? { user: { id: 7 } } : {}),
    })),
    'time: created_at; key: actor.login',
  ],
  [
    'the one that few lines have, where these are the requests',
    objects((at) =>
      at === 0 ? { time: stamp(at), method: 'GET', user: 7 } : { time: stamp(at), who: 'scheduler' },
    ),
    'time: time; key: user; lines without method are no requests',
  ],
  [
    'a tenant rather than the place in the source that Go calls the caller',
    seconds.map(
      (at) => `ts=${stamp(at)} caller=http.go:19${at} level=debug orgID=12${at} msg="POST /push (200) 1ms"`,
    ),
    'time: ts; key: orgID',
  ],
  [
    'the fields of objects with blanks in them, behind what Kubernetes wrote',
    seconds.map(
      (at) =>
        `${stamp(at)} stdout F {"ts":"${stamp(at)}","path":"/a","user_id":"u${at}","note":"all is well"}`,
    ),
    'time: ts; key: user_id',
  ],
  [
    'who asks rather than the tenant whose log it is',
    objects((at) => ({ time: stamp(at), tenantId: 't1', caller: `user${at}@example.com` })),
    'time: time; key: caller',
  ],
  [
    'who asks rather than the program that all come through',
    objects((at) => ({ time: stamp(at), client_id: 'app', ip: `192.0.2.${at}` })),
    'time: time; key: ip',
  ],
  [
    'tenants that differ',
    objects((at) => ({ time: stamp(at), tenantId: `t${at % 2}`, caller: `user${at}@example.com` })),
    'time: time; key: tenantId',
  ],
  [
    'the client of a connection rather than its id, in a table that zeek-cut made',
    [
      'ts\tuid\tid.orig_h\tid.resp_h',
      ...seconds.map((at) => `170000000${at}.5\tC${at}\t${client(at)}\t198.51.100.4`),
    ],
    'time: ts; key: id.orig_h',
  ],
  [
    'a client, where the id of clients is only dashes',
    objects((at) => ({ 'client.addr': `${client(at)}:80`, 'client.id': '-', timestamp: stamp(at) })),
    'time: timestamp; key: client.addr',
  ],
  [
    'who asks rather than what is asked, whatever comes first',
    objects((at) => ({ time: stamp(at), 'grpc.service': `s${at}`, 'peer.address': `${client(at)}:80` })),
    'time: time; key: peer.address',
  ],
  [
    'the only addresses rather than the one host that all lines are of',
    objects((at) => ({ time: stamp(at), host: 'api.example.com', from: client(at) })),
    'time: time; key: from',
  ],
  [
    'the one host, where nothing else is a key',
    objects((at) => ({ time: stamp(at), host: 'api.example.com' })),
    'time: time; key: host',
  ],
  [
    'hosts that differ rather than addresses',
    ['time,host,node', ...seconds.map((at) => `${stamp(at)},h${at},192.0.2.1`)],
    'time: time; key: host',
  ],
  [
    'rising dates by a name that elsewhere is of durations, and not as a duration too',
    objects((at) => ({ reqTimeSec: `170000000${at}.5`, cliIP: client(at) })),
    'time: reqTimeSec; key: cliIP',
  ],
  [
    'decimal seconds rather than a counter that has the size of dates',
    seconds.map((at) => `${929840853 + at} 119014624${at}.25 http://example.org/${at} -`),
    'time: 2; key: 3',
  ],
  [
    'names that differ rather than the word that is in all lines',
    seconds.map((at) => `2023-11-14 22:13:2${at}.5 UTC [${at % 2}] app@db asked: SELECT 1`),
    'time: 1 2; key: 4',
  ],
  [
    'dates rather than decimals behind a comma',
    seconds.map((at) => `ann;${at + 10},5;${stamp(at)}`),
    'time: 3; key: 1',
  ],
  [
    'the time in front rather than a number with a comma behind it',
    seconds.map((at) => `[2023-11-14 22:13:2${at},250] DEBUG f(key=FETCH, version=11, client=c${at}, id=1)`),
    'time: logged; key: client',
  ],
  [
    'users, where the addresses are hidden',
    ['timestamp [UTC],client_IP,user_Id', ...seconds.map((at) => `${stamp(at)},0.0.0.0,u${at}`)],
    'time: timestamp [UTC]; key: user_Id',
  ],
  [
    'times of day, where nothing tells their date',
    ['time,client', ...seconds.map((at) => `9:59:5${at},c${at % 2}`)],
    'time: time; key: client',
  ],
  [
    'rising times of day rather than ids that have the size of dates',
    seconds.map((at) => `22:13:2${at}\t${2_000_000_000_000_000 - at}\tu${at}`),
    'time: 1; key: 3',
  ],
  [
    'numbers rather than times of day that fall, which are durations',
    seconds.map((at) => `170000000${at},00:00:${9 - at}0,u${at}`),
    'time: 1; key: 3',
  ],
  [
    'durations whose name tells seconds behind a small letter',
    objects((at) => ({ time: stamp(at), client: client(at), durationSeconds: 1 + at })),
    'time: time; key: client; duration: durationSeconds in s',
  ],
  [
    "Datadog's durations, which are nanoseconds",
    ['Date,@network.client.ip,@duration', ...seconds.map((at) => `${stamp(at)},${client(at)},5000000`)],
    'time: Date; key: @network.client.ip; duration: @duration in ns',
  ],
])('%s', async (_what, lines, fields) => {
  expect(await taken(lines)).toBe(`fields taken: ${fields}`);
});

const span = async (content: string, options = {}) => {
  const { requests } = await readTrace(content, { ...asWritten, ...options });
  return [requests.length, (requests[requests.length - 1].at - requests[0].at) / 1e6];
};

test.each([
  ['minutes', 'minute,client\n0,a\n1,b\n3,a\n', 3, 180],
  ['hours', 'hour,client\n0,a\n1,b\n3,a\n', 3, 3 * 3600],
  ['seconds of dates, whatever they begin', 'minute,client\n1700000040,a\n1700000100,b\n', 2, 60],
  ['counts of minutes', 'minute,count\n0,1\n1,2\n2,0\n3,1\n', 4, 180],
  ['counts that are written with a fraction', 'minute,count\n0,1.0\n1,2.0\n2,0.0\n3,1.0\n', 4, 180],
  ['counts of seconds', 'second,requests\n0,1\n1,2\n2,0\n3,1\n', 4, 3],
  ['counts of hours', 'hour,requests\n0,1\n1,2\n2,0\n3,1\n', 4, 3 * 3600],
  [
    'counts of the hours of dates',
    'date,hour,requests\n2023-11-14,9,1\n2023-11-14,10,2\n2023-11-15,9,1\n',
    4,
    86_400,
  ],
  [
    'counts of dates and times of day in two columns',
    'date,time,count\n2023-11-14,09:00,1\n2023-11-14,10:00,2\n2023-11-14,11:00,1\n',
    4,
    7200,
  ],
])('times that count %s', async (_what, content, requests, seconds) => {
  expect(await span(content)).toEqual([requests, seconds]);
});

const perMinute = (count: number, minute: number, client = 'a') =>
  JSON.stringify({ timestamp: `2023-11-14T22:${minute}:00Z`, client, count });

test('objects with a count of each step, and of each client in it, are counts', async () => {
  const objects = [perMinute(2, 13), perMinute(1, 14), perMinute(0, 14, 'b'), perMinute(3, 15)];
  const { requests, summary } = await readTrace(objects.join('\n'), asWritten);
  expect(summary.format).toBe('counts per 1m, JSON lines');
  expect(requests).toHaveLength(6);
});

test.each([
  ['two at one time', [perMinute(2, 13), perMinute(1, 13), perMinute(4, 14), perMinute(3, 15)], {}],
  ['uneven steps', [perMinute(2, 13), perMinute(1, 14), perMinute(4, 19), perMinute(3, 41)], {}],
  ['fractions', [13, 14, 15, 16].map((at) => perMinute(at / 8, at)), {}],
  ['the format that the user names', [13, 14, 15, 16].map((at) => perMinute(2, at)), { format: 'jsonl' }],
])('objects with a count of something else are a log: %s', async (_what, objects, options) => {
  const { requests } = await readTrace(objects.join('\n'), { ...asWritten, ...options });
  expect(requests).toHaveLength(objects.length);
});

test('a time that the user names is of the unit that its name tells, or of the one that is stated', async () => {
  const content = 't_ms,key\n0,a\n500,b\n';
  expect(await span(content, { time: 't_ms' })).toEqual([2, 0.5]);
  expect(await span(content, { time: 't_ms:min' })).toEqual([2, 30_000]);
  await expect(readTrace(content, { time: 't_ms:constructor' })).rejects.toThrow(/is not a unit of time/);
});
