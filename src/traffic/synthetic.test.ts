import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../algorithms/batch.ts';
import { UsageError } from '../errors.ts';
import { tenantNames } from './plan.ts';
import { type StreamInput, streamSchema } from './stream-spec.ts';
import { SyntheticTraffic } from './synthetic.ts';
import { type Row, readAll, standardErrors } from './testing.ts';

function traffic(streams: readonly StreamInput[], { seed = 1, durationUs = 10e6, tenants = [''] } = {}) {
  const specs = streams.map((spec) => streamSchema.parse(spec));
  const named = tenants[0] === '' ? {} : { tenants };
  return new SyntheticTraffic({ seed, durationUs, streams: specs, ...named });
}

const web: StreamInput = {
  name: 'web',
  arrivals: { model: 'poisson', rate: '300/s' },
  keys: { model: 'zipf', count: 50 },
  durations: { model: 'exponential', mean: '20ms' },
};
const batchJob: StreamInput = {
  name: 'batch',
  arrivals: { model: 'on-off', rate: '900/s', on: '1s', off: '2s' },
  keys: { model: 'churn', alive: 10, lifetime: '1s' },
  costs: { model: 'geometric', mean: 3 },
  start: '2s',
  stop: '9s',
};
const attack: StreamInput = {
  name: 'attack',
  arrivals: { model: 'edge-attacker', clients: 2, requests: 50, window: '1s' },
  population: 'web',
};
const crawlers: StreamInput = {
  name: 'crawlers',
  arrivals: { model: 'constant', rate: '100/s' },
  keys: { model: 'churn', alive: 5, lifetime: '3s' },
};
const mix = [web, batchJob, attack, crawlers];

describe('one seed, one traffic', () => {
  test.each([
    ['one stream', [web]],
    ['a mix', mix],
  ])('%s is the same in batches of any size', async (_, streams) => {
    const whole = await readAll(traffic(streams));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (capacity) => {
        expect(await readAll(traffic(streams), capacity)).toEqual(whole);
      }),
      { numRuns: 6 },
    );
  });

  test('a mix begins as it always did', async () => {
    const rows = await readAll(traffic(mix, { seed: 42 }));
    expect(rows.slice(0, 5)).toMatchSnapshot();
    expect(rows).toHaveLength(7185);
  });

  test('another seed gives other requests', async () => {
    expect(await readAll(traffic([web], { seed: 2 }))).not.toEqual(await readAll(traffic([web])));
  });

  test('a stream beside it does not move a stream', async () => {
    const alone = await readAll(traffic([web]));
    const beside = (await readAll(traffic([web, crawlers]))).filter(({ key }) => key < 50);
    expect(beside).toEqual(alone);
  });
});

test('a mix is its streams, sorted by time, the earlier stream first at the same instant', async () => {
  const burst = (name: string, requests: number): StreamInput => ({
    name,
    arrivals: { model: 'synchronized', clients: 1, requests, period: '2s', jitter: '0s' },
    population: 'same',
    costs: requests,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }),
      async (sizes) => {
        const streams = [
          ...sizes.map((size, i) => burst(`burst-${i}`, size)),
          { ...web, population: 'same' },
        ];
        const merged = await readAll(traffic(streams), 333);
        const parts = await Promise.all(streams.map((spec) => readAll(traffic([spec]))));
        // Array.sort is stable, so equal times stay in the order of the streams.
        const sorted: Row[] = parts.flat().sort((a, b) => a.timeUs - b.timeUs);
        expect(merged).toEqual(sorted);
      },
    ),
    { numRuns: 15 },
  );
});

test('the columns of a stream carry what it says', async () => {
  const rows = await readAll(traffic([{ ...web, costs: 7, durations: '5ms', start: '4s', stop: '6s' }]));
  expect(standardErrors(rows.length, 600, 600)).toBeLessThan(4);
  expect(rows.every(({ timeUs }) => timeUs >= 4e6 && timeUs < 6e6)).toBe(true);
  expect(
    rows.every(({ cost, durationUs, tenant }) => cost === 7 && durationUs === 5000 && tenant === 0),
  ).toBe(true);
});

test('columns that a stream does not use are cleared, for batches are used again', async () => {
  const batch = new ArrivalBatch(4);
  batch.durationUs.fill(99);
  batch.tenant.fill(99);
  traffic([{ arrivals: { model: 'constant', rate: '1k/s' } }]).next(batch);
  expect([...batch.durationUs, ...batch.tenant]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

describe('requests that can be had by key', () => {
  const many: StreamInput = {
    ...web,
    arrivals: { model: 'poisson', rate: '110k/s' },
    durations: '20ms',
    costs: 3,
  };

  /** Each request as one number, all of a source in the order of time. */
  function instantsAndKeys(read: (batch: ArrivalBatch) => boolean): Float64Array {
    const batch = new ArrivalBatch(10_000);
    const numbers = new Float64Array(1.2e6);
    let length = 0;
    while (read(batch)) {
      for (let row = 0; row < batch.length; row++)
        numbers[length++] = batch.timeUs[row] * 64 + batch.key[row];
    }
    return numbers.subarray(0, length).sort();
  }

  test.each([
    ['alone', [many]],
    ['beside one that never sends', [many, { ...crawlers, start: '11s' }]],
  ])('are those in the order of time, %s', (_, streams) => {
    const byKey = traffic(streams).byKey();
    expect(byKey?.longestStretchUs).toBe(Math.round(2 ** 18 / 0.11));
    const sorted = instantsAndKeys((batch) => byKey?.next(batch, 7000) ?? false);
    const source = traffic(streams);
    const inTime = instantsAndKeys((batch) => source.next(batch));
    expect(standardErrors(inTime.length, 1.1e6, 1.1e6)).toBeLessThan(4);
    expect(sorted).toEqual(inTime);
  });

  test('carry the same columns', () => {
    const [byKey, inTime] = [new ArrivalBatch(100), new ArrivalBatch(100)];
    traffic([many]).byKey()?.next(byKey, 60);
    traffic([many]).next(inTime);
    expect([byKey.length, inTime.length]).toEqual([60, 100]);
    for (const { keys, tenants, cost, durationUs, tenant } of [byKey, inTime])
      expect([keys, tenants, cost[59], durationUs[59], tenant[59]]).toEqual([50, 1, 3, 20_000, 0]);
  });

  test.each<[string, readonly StreamInput[]]>([
    ['that are few', [web]],
    ['that are evenly spaced', [{ ...many, arrivals: { model: 'constant', rate: '110k/s' } }]],
    ['in bursts', [{ ...many, arrivals: { model: 'on-off', rate: '220k/s', on: '1s', off: '1s' } }]],
    ['of clients', [{ arrivals: { model: 'greedy', clients: 300, rate: '9k/s' } }]],
    ['of keys that come and go', [{ ...many, keys: { model: 'churn', alive: 5, lifetime: '1s' } }]],
    ['of far more keys', [{ ...many, keys: { model: 'uniform', count: '9M' } }]],
    ['with costs that are drawn', [{ ...many, costs: { model: 'geometric', mean: 2 } }]],
    ['with durations that are drawn', [{ ...many, durations: { model: 'exponential', mean: '1s' } }]],
    ['of several streams', [many, crawlers]],
  ])('are not those %s', (_, streams) => {
    expect(traffic([many]).byKey()).toBeDefined();
    expect(traffic(streams).byKey()).toBeUndefined();
  });
});

describe('keys', () => {
  test('each stream has its own, named after it; a shared population has the same', async () => {
    const source = traffic(mix);
    const rows = await readAll(source);
    const names = new Set(rows.map(({ key }) => source.keyName(key)));
    const prefixes = new Set([...names].map((name) => name.replace(/\d+$/, '')));
    expect(prefixes).toEqual(new Set(['web/key-', 'batch/key-', 'crawlers/key-']));
    expect(names.size).toBe(new Set(rows.map(({ key }) => key)).size);
    expect(source.keyName(0)).toBe('web/key-1');
    expect([50, 51, 52, 53].map((key) => source.keyName(key))).toEqual([
      'batch/key-1',
      'crawlers/key-1',
      'batch/key-2',
      'crawlers/key-2',
    ]);
  });

  test('every key is below `keys`, also of keys that go on coming', () => {
    const source = traffic(mix);
    const batch = new ArrivalBatch(100);
    while (source.next(batch)) {
      expect(Math.max(...batch.key.subarray(0, batch.length))).toBeLessThan(batch.keys);
    }
  });

  test('a population is as large as the largest stream that shares it', async () => {
    const source = traffic([
      { name: 'a', arrivals: web.arrivals, keys: { model: 'uniform', count: 10 }, population: 'users' },
      { name: 'b', arrivals: web.arrivals, keys: { model: 'uniform', count: 30 }, population: 'users' },
      { name: 'c', arrivals: web.arrivals, keys: { model: 'single' } },
    ]);
    expect(Math.max(...(await readAll(source)).map(({ key }) => key))).toBe(30);
    expect(source.keyName(29)).toBe('users/key-30');
    expect(source.keyName(30)).toBe('c/key-1');
  });
});

describe('tenants', () => {
  const tenants: StreamInput = {
    name: 'api',
    arrivals: { model: 'poisson', rate: '300/s' },
    keys: {
      model: 'tenants',
      tenants: [
        { name: 'acme', users: 3 },
        { name: 'bolt', users: 2, weight: 2 },
      ],
    },
  };
  const noisy: StreamInput = { name: 'noisy', arrivals: web.arrivals, tenant: 'bolt' };

  test('are numbered as they appear, or as the scenario lists them', async () => {
    expect(tenantNames([tenants, noisy].map((spec) => streamSchema.parse(spec)))).toEqual(['acme', 'bolt']);
    const source = traffic([tenants, noisy], { tenants: ['other', 'bolt', 'acme'] });
    const rows = await readAll(source);
    const pairs = new Set(rows.map(({ key, tenant }) => `${source.keyName(key)} ${tenant}`));
    expect(pairs).toEqual(
      new Set([
        'acme/user-1 2',
        'acme/user-2 2',
        'acme/user-3 2',
        'bolt/user-1 1',
        'bolt/user-2 1',
        'noisy/key-1 1',
      ]),
    );
  });

  test('get their shares', async () => {
    const rows = await readAll(traffic([tenants], { durationUs: 100e6 }));
    const acme = rows.filter(({ tenant }) => tenant === 0).length;
    expect(standardErrors(acme, rows.length / 3, (rows.length * 2) / 9)).toBeLessThan(4);
  });

  test('tell the batch how many they are', () => {
    const batch = new ArrivalBatch(10);
    traffic([tenants]).next(batch);
    expect(batch.tenants).toBe(2);
    traffic([web]).next(batch);
    expect(batch.tenants).toBe(1);
  });

  test.each([
    ['one that is not listed', [noisy], ['acme'], 'names the tenant "bolt", which does not exist'],
    ['a stream without one beside others', [tenants, web], [''], 'belongs to no tenant, but others do'],
    [
      'one population of two',
      [noisy, { ...noisy, name: 'b', tenant: 'acme', population: 'noisy' }],
      [''],
      'streams of different tenants share the population "noisy"',
    ],
  ])('%s is refused', (_, streams, tenants, message) => {
    expect(() => traffic(streams, { tenants })).toThrow(message);
  });
});

describe('what is known before the run', () => {
  test('the number of requests, and the rate of each stream while it sends', () => {
    const source = traffic(mix);
    expect(source.expectedRequests()).toBeCloseTo(3000 + 2100 + 1900 + 1000, 6);
    expect(source.streamRates().map(({ name, ratePerSecond }) => [name, Math.round(ratePerSecond)])).toEqual([
      ['web', 300],
      ['batch', 300],
      ['attack', 190],
      ['crawlers', 100],
    ]);
    expect(source.summary().format).toBe(
      'poisson × zipf + on-off × churn + edge-attacker + constant × churn',
    );
    expect(source.hasDurations).toBe(true);
    expect(traffic([crawlers]).hasDurations).toBe(false);
  });

  test('a stream that would start after the end sends nothing, and the result says so', async () => {
    const source = traffic([{ ...web, start: '11s' }]);
    expect(await readAll(source)).toEqual([]);
    expect(source.expectedRequests()).toBe(0);
    expect(source.summary().notes).toEqual([
      'stream "web" would start after the end of the run and sends nothing',
    ]);
  });

  test.each([
    ['no streams', [], 'there are no streams'],
    ['two streams of one name', [web, web], 'two streams are called "web"'],
    [
      'too many requests',
      [{ arrivals: { model: 'poisson', rate: '2G/s' } }],
      'comes to 20G requests, more than the 10G that a run can have; lower the rate or shorten the duration',
    ],
    [
      'too many keys',
      [{ ...web, keys: { model: 'uniform', count: '60M' } }],
      'comes to 60M keys, more than the 50M that a run can have',
    ],
    [
      'too many keys by churn',
      [{ ...web, keys: { model: 'churn', alive: '1M', lifetime: '1ms' } }],
      '10G keys',
    ],
    ['churn under a shared name', [crawlers, { ...web, population: 'crawlers' }], 'which cannot be shared'],
  ] satisfies [string, StreamInput[], string][])('%s: refused', (_, streams, message) => {
    expect(() => traffic(streams)).toThrow(UsageError);
    expect(() => traffic(streams)).toThrow(message);
  });
});
