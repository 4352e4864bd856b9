import { describe, expect, test } from 'vitest';
import { holdsInTimeFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { stream } from '../../traffic/random.ts';
import { deployed, deploymentOf } from '../deployment/testing.ts';
import { prepare } from '../prepare.ts';
import { parseScenario } from '../scenario-file.ts';
import { type Row, testKeys } from '../testing/batches.ts';
import { ListedTraffic, planOf, runOn } from '../testing/runs.ts';
import { Classes, type ClientClass, classesSchema } from './classes.ts';
import { parseClients } from './clients.ts';

const seed = 1;
const half: readonly ClientClass[] = [
  { name: 'critical', share: 0.5, reserve: 0.2 },
  { name: 'background', share: 0.5, reserve: 0 },
];

async function resultsOf(
  rows: readonly Row[],
  classes: readonly ClientClass[] | undefined,
  { limit = '10/1s,per=global', algorithms = 'all', topology = 'ideal' } = {},
) {
  const [clients] = parseClients('none');
  const deployment = { ...deploymentOf(topology, { seed, nodes: 2 }), clients, ...(classes && { classes }) };
  return (await runOn(new ListedTraffic(rows), deployed(planOf(limit, { algorithms }), deployment))).results;
}

/** The first client of each class. */
const [critical, background] = [0, 1].map((wanted) => {
  const classes = new Classes(half, stream(seed, 'deployment/clients/classes'));
  return Array.from({ length: testKeys }, (_, key) => key).find((key) => classes.of(key) === wanted)!; // six clients have both
});

const requests = (key: number, count: number): Row[] =>
  Array.from({ length: count }, () => ({ atUs: 0, key, cost: 1, durationUs: 0 }));

describe('a fifth of the limit that is kept', () => {
  const families = 'fixed-window,sliding-window-log,token-bucket,gcra';

  test('is not for others, and is there for its own', async () => {
    const rows = [...requests(background, 20), ...requests(critical, 5)];
    for (const { admitted, clients } of await resultsOf(rows, half, { algorithms: families })) {
      expect(admitted).toBe(10);
      expect(clients?.classes?.map(({ done }) => done)).toEqual([2, 8]);
    }
  });

  test('does not keep its own from using all', async () => {
    for (const { clients } of await resultsOf(requests(critical, 20), half, { algorithms: families })) {
      expect(clients?.classes?.map(({ done }) => done)).toEqual([10, 0]);
    }
  });

  test('is kept in a store as well', async () => {
    const rows = [...requests(background, 20), ...requests(critical, 5)];
    for (const access of ['atomic', 'read-then-write']) {
      const topology = `central:network=0s:service=0s:access=${access}`;
      const [{ clients }] = await resultsOf(rows, half, { algorithms: 'gcra', topology });
      expect(clients?.classes?.map(({ done }) => done)).toEqual([2, 8]);
    }
  });

  test('a refused request is told when it will pass beside what is kept', async () => {
    const rows = [...requests(background, 9), { atUs: 100e3, key: background, cost: 1, durationUs: 0 }];
    const [{ admitted, retry_after }] = await resultsOf(rows, half, { algorithms: 'gcra' });
    expect(admitted).toBe(9); // the ninth is refused, and passes 100 ms later
    expect(retry_after.admitted_when_due_ratio).toBe(1);
  });
});

test('classes that keep nothing change no decision', async () => {
  const none = half.map((one) => ({ ...one, reserve: 0 }));
  await holdsInTimeFor(traffic(quota('3/1s'), { keys: testKeys, maxLength: 40 }), async (rows) => {
    const given = { limit: '3/1s' };
    const [plain, classed] = await Promise.all([
      resultsOf(rows, undefined, given),
      resultsOf(rows, none, given),
    ]);
    const decisions = (results: typeof plain) =>
      results.map(({ clients, throughput, ...row }) => ({ ...row, work: { ...clients, classes: [] } }));
    expect(decisions(classed)).toEqual(decisions(plain));
  });
});

test('clients are of a class as often as its share says, whoever asks first', () => {
  const thirds = [0.1, 0.6, 0.3].map((share, at) => ({ name: `${at}`, share, reserve: 0 }));
  const [forth, back] = [new Classes(thirds, stream(7, 'x')), new Classes(thirds, stream(7, 'x'))];
  const keys = Array.from({ length: 10_000 }, (_, key) => key);
  const found = keys.map((key) => forth.of(key));
  expect(keys.toReversed().map((key) => back.of(key))).toEqual(found.toReversed());
  for (const [at, { share }] of thirds.entries()) {
    const count = found.filter((one) => one === at).length;
    expect(Math.abs(count / 10_000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 10_000));
  }
});

describe('what is wrong is said', () => {
  test.each([
    ['one class', [{ name: 'a', share: 1 }], /two or more/],
    [
      'shares that are not all',
      [
        { name: 'a', share: 0.5 },
        { name: 'b', share: 0.4 },
      ],
      /together must be 1/,
    ],
    [
      'nothing for the last',
      [
        { name: 'a', share: 0.5, reserve: 1 },
        { name: 'b', share: 0.5 },
      ],
      /below 1/,
    ],
  ])('%s', (_, classes, said) => {
    expect(classesSchema.safeParse(classes).error?.issues[0].message).toMatch(said);
  });

  test('classes without clients', async () => {
    const text = `
classes: [{ name: a, share: 0.5 }, { name: b, share: 0.5 }]
streams: [{ arrivals: { model: poisson, rate: 1/s } }]`;
    await expect(prepare({ name: 'x', scenario: parseScenario(text, 'x') }, {})).rejects.toThrow(
      /classes: are of clients/,
    );
  });
});
