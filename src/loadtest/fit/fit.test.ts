/** Decisions of known limiters are told what made them. */
import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../errors.ts';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections, spellSelection } from '../../sim/selection.ts';
import { NamedDesk } from '../../sim/testing/named-desk.ts';
import { exponential } from '../../traffic/exponential.ts';
import { stream } from '../../traffic/random.ts';
import { RecordingBuilder } from '../recording/recording.ts';
import { fitted } from './result.ts';

interface Made {
  readonly jitterUs?: number;
  readonly epochUs?: number;
  readonly hasLatency?: boolean;
  /** How long the first request of a client is under way before it is decided. */
  readonly firstLagUs?: number;
  /** How long clients rest until they are forgotten. */
  readonly forgetsAfterUs?: number;
}

/** Decisions of a limiter about bursts of four clients over 12 s, answered some time after they were sent. */
function decisionsOf(algorithm: string, limit: string, made: Made = {}) {
  const { jitterUs = 0, epochUs = 1_790_000_000_000_000, hasLatency = true, firstLagUs = 0 } = made;
  const desk = new NamedDesk(parseSelections(algorithm)[0], parseRules(limit));
  const draw = stream(1, 'fit');
  const sent = [];
  for (let client = 0; client < 4; client++) {
    let timeUs = Math.floor(draw() * 1e6);
    let life = 0;
    for (let first = true; timeUs < 12e6; first = false) {
      const isPause = draw() < 0.02;
      const restUs = Math.floor(-Math.log(1 - draw()) * (isPause ? 900_000 : 25_000));
      timeUs += restUs;
      if (restUs >= (made.forgetsAfterUs ?? Number.POSITIVE_INFINITY)) life++;
      sent.push({ timeUs, key: `client-${client}`, life, firstLagUs: first ? firstLagUs : 0 });
    }
  }
  const decided = sent
    .map(({ timeUs, firstLagUs, ...request }) => {
      const lagUs = firstLagUs + Math.floor(draw() * jitterUs);
      return { ...request, sentUs: epochUs + timeUs, lagUs };
    })
    .map((request) => ({ ...request, atUs: request.sentUs + request.lagUs }))
    .sort((a, b) => a.atUs - b.atUs);
  const builder = new RecordingBuilder();
  for (const { sentUs, atUs, lagUs, key, life } of decided) {
    const request = { timeUs: atUs, decidedAtUs: atUs, key: `${key} ${life}`, cost: 1, durationUs: 0 };
    const { allowed, delayUs } = desk.decide(request, false);
    builder.add({ sentUs, answeredUs: sentUs + 2 * lagUs + delayUs, key, cost: 1, allowed });
  }
  return builder.finish({ format: 'test', hasLatency, notes: [] });
}

const limiters: readonly (readonly [algorithm: string, limit: string])[] = [
  ['fixed-window', '10/1s'],
  ['fixed-window:align=first', '10/1s'],
  ['fixed-window:count_rejected=true', '20/2s'],
  ['sliding-window-log', '10/1s'],
  ['sliding-window-log:count_rejected=true', '18/1s'],
  ['sliding-window-counter', '15/1s'],
  ['sliding-window-counter:sub_windows=4', '15/1s'],
  ['token-bucket', '10/1s,burst=6'],
  ['token-bucket:refill=interval', '12/1s'],
  ['token-bucket:refill=interval:initial=0', '12/1s'],
  ['leaky-bucket', '7/1s,burst=12'],
  ['leaky-bucket-queue', '8/1s,burst=4'],
  ['leaky-bucket-queue:delay=2', '8/1s,burst=6'],
  ['gcra', '9/1s,burst=3'],
  ['gcra', '1/1s,burst=8'],
];

/** Periods and settings that are less usual; as the search is the same, without the times of answers. */
const others: typeof limiters = [
  ['fixed-window', '5/300ms'],
  ['sliding-window-log', '20/3s'],
  ['sliding-window-counter:sub_windows=3', '15/1500ms'],
  ['token-bucket:refill=interval', '1/100ms,burst=6'],
  ['token-bucket:initial=3', '10/1s,burst=20'],
  ['token-bucket:refill=aligned', '6/1s,burst=9'],
  ['sliding-window-counter:rounding=none', '15/1s'],
];

describe.each([
  ['noted at the instant of the decision', 0],
  ['answered up to 6 ms after sending', 3000],
])('%s', (_, jitterUs) => {
  const told = jitterUs === 0 ? [...limiters, ...others] : limiters;
  test.each(told)('%s, %s', async (algorithm, limit) => {
    const { fits } = await fitted(decisionsOf(algorithm, limit, { jitterUs }), 0, '0');
    const like = fits
      .filter(({ like_first: alike }) => alike)
      .map((one) => `${spellSelection(one)} ${one.limit}`);
    expect(like).toContain(`${algorithm} ${limit}`);
    // where answers overlap, not every order in which they may have been decided is tried
    expect(fits[0].explained_ratio).toBeGreaterThanOrEqual(jitterUs === 0 ? 1 : 0.99);
  });
});

test.each([
  ['10/3s', 3],
  ['12/5s', 1],
])(
  'few refusals, of requests that come as they like, tell of a sliding counter of %s',
  async (limit, seed) => {
    const [rule] = parseRules(limit);
    const desk = new NamedDesk(parseSelections('sliding-window-counter')[0], [rule]);
    const draw = stream(seed, 'fit');
    const builder = new RecordingBuilder();
    let timeUs = 0;
    for (let at = 0; at < 1000; at++) {
      timeUs += Math.round((exponential(draw) * rule.quota.periodUs) / rule.quota.limit / 2.4);
      const key = `client-${Math.floor(3 * draw())}`;
      const { allowed } = desk.decide({ timeUs, decidedAtUs: timeUs, key, cost: 1, durationUs: 0 }, false);
      builder.add({ sentUs: timeUs, answeredUs: timeUs, key, cost: 1, allowed });
    }
    const { fits, recording } = await fitted(
      builder.finish({ format: 'test', hasLatency: false, notes: [] }),
      0,
      '0',
    );
    expect(recording.refused).toBeLessThan(70);
    expect(fits[0]).toMatchObject({
      algorithm: 'sliding-window-counter',
      variant: '',
      limit,
      unexplained: 0,
    });
  },
);

test('windows that begin elsewhere than those of the clock are found', async () => {
  const { requests, ...recording } = decisionsOf('fixed-window', '10/1s');
  const { fits } = await fitted({ ...recording, requests, epochUs: recording.epochUs + 350_000 }, 0, '0');
  expect(fits[0]).toMatchObject({ algorithm: 'fixed-window', variant: '', limit: '10/1s', unexplained: 0 });
  expect(Math.abs((fits[0].window_phase_us ?? 0) - 350_000)).toBeLessThan(50_000);
});

test('a queue whose delays nobody noted is a leaky bucket', async () => {
  const { fits } = await fitted(
    decisionsOf('leaky-bucket-queue', '8/1s,burst=4', { hasLatency: false }),
    0,
    '0',
  );
  const like = fits.filter(({ like_first: alike }) => alike).map(({ algorithm }) => algorithm);
  expect(like).toEqual(expect.arrayContaining(['leaky-bucket', 'leaky-bucket-queue']));
});

test('a bucket that is filled once a period may forget clients that rest, and answer its first request late', async () => {
  const forgetful = { forgetsAfterUs: 2e6, firstLagUs: 150_000 };
  const { fits } = await fitted(decisionsOf('token-bucket:refill=interval', '6/2s', forgetful), 0, '0');
  expect(fits[0]).toMatchObject({ variant: 'interval refill', limit: '6/2s', forgets_after_us: 2_000_000 });
});

test('a search says how far it is, and can be interrupted', async () => {
  const controller = new AbortController();
  const told: number[] = [];
  const onProgress = (done: number, total: number) => {
    told.push(done);
    expect(total).toBeGreaterThan(10);
    if (done === 2) controller.abort();
  };
  const search = fitted(decisionsOf('gcra', '10/1s'), 0, '0', { signal: controller.signal, onProgress });
  await expect(search).rejects.toThrow(Interrupted);
  expect(told).toEqual([0, 1, 2]);
});

test('decisions that fit nothing are shown', async () => {
  const recording = decisionsOf('gcra', '10/1s');
  const requests = recording.requests.map((request, at) =>
    at === 700 ? { ...request, allowed: !request.allowed } : request,
  );
  const { fits, against } = await fitted({ ...recording, requests }, 0, '0');
  expect(fits[0].limit).toBe('10/1s');
  expect(against.map(({ at_us }) => at_us)).toContain(requests[700].sentUs);
});

test('how many of them hang on a millisecond is told', async () => {
  const recording = decisionsOf('token-bucket', '10/1s,burst=6');
  const rounded = recording.requests.map((request) => {
    const sentUs = Math.floor(request.sentUs / 1000) * 1000;
    return { ...request, sentUs, answeredUs: sentUs };
  });
  const { fits, against_by_1ms: ties } = await fitted({ ...recording, requests: rounded }, 0, '0');
  expect(fits[0]).toMatchObject({ algorithm: 'token-bucket', limit: '10/1s,burst=6' });
  expect(fits[0].unexplained).toBeGreaterThan(0);
  expect(ties).toBeGreaterThan(fits[0].unexplained / 2);
});
