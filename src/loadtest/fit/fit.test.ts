/** Decisions of known limiters are told what made them. */
import { describe, expect, test } from 'vitest';
import { DecisionDesk } from '../../sim/decision-desk.ts';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections, spellSelection } from '../../sim/selection.ts';
import { stream } from '../../traffic/random.ts';
import { RecordingBuilder } from '../recording/recording.ts';
import { fitted } from './result.ts';

interface Made {
  readonly jitterUs?: number;
  readonly epochUs?: number;
}

/** Decisions of a limiter about bursts of four clients over 12 s, answered some time after they were sent. */
function decisionsOf(
  algorithm: string,
  limit: string,
  { jitterUs = 0, epochUs = 1_790_000_000_000_000 }: Made = {},
) {
  const desk = new DecisionDesk(parseSelections(algorithm)[0], parseRules(limit));
  const draw = stream(1, 'fit');
  const sent = [];
  for (let client = 0; client < 4; client++) {
    let timeUs = Math.floor(draw() * 1e6);
    while (timeUs < 12e6) {
      const isPause = draw() < 0.02;
      timeUs += Math.floor(-Math.log(1 - draw()) * (isPause ? 900_000 : 25_000));
      sent.push({ timeUs, key: `client-${client}` });
    }
  }
  const decided = sent
    .map(({ timeUs, key }) => ({ sentUs: epochUs + timeUs, key, lagUs: Math.floor(draw() * jitterUs) }))
    .map((request) => ({ ...request, atUs: request.sentUs + request.lagUs }))
    .sort((a, b) => a.atUs - b.atUs);
  const builder = new RecordingBuilder();
  for (const { sentUs, atUs, lagUs, key } of decided) {
    const { allowed } = desk.decide({ timeUs: atUs, decidedAtUs: atUs, key, cost: 1, durationUs: 0 }, false);
    builder.add({ sentUs, answeredUs: sentUs + 2 * lagUs, key, cost: 1, allowed });
  }
  return builder.finish({ format: 'test', hasLatency: true, notes: [] });
}

const limiters: readonly (readonly [algorithm: string, limit: string])[] = [
  ['fixed-window', '10/1s'],
  ['fixed-window:align=first', '10/1s'],
  ['fixed-window:count_rejected=true', '20/2s'],
  ['sliding-window-log', '10/1s'],
  ['sliding-window-log:count_rejected=true', '18/1s'],
  ['sliding-window-counter', '15/1s'],
  ['token-bucket', '10/1s,burst=6'],
  ['token-bucket:refill=interval', '12/1s'],
  ['leaky-bucket', '7/1s,burst=12'],
  ['gcra', '9/1s,burst=3'],
  ['gcra', '1/1s,burst=8'],
];

describe.each([
  ['noted at the instant of the decision', 0],
  ['answered up to 6 ms after sending', 3000],
])('%s', (_, jitterUs) => {
  test.each(limiters)('%s, %s', (algorithm, limit) => {
    const { fits } = fitted(decisionsOf(algorithm, limit, { jitterUs }), 0, '0');
    const like = fits
      .filter(({ like_first: alike }) => alike)
      .map((one) => `${spellSelection(one)} ${one.limit}`);
    expect(like).toContain(`${algorithm} ${limit}`);
    // where answers overlap, not every order in which they may have been decided is tried
    expect(fits[0].explained_ratio).toBeGreaterThanOrEqual(jitterUs === 0 ? 1 : 0.99);
  });
});

test('windows that begin elsewhere than those of the clock are found', () => {
  const { requests, ...recording } = decisionsOf('fixed-window', '10/1s');
  const { fits } = fitted({ ...recording, requests, epochUs: recording.epochUs + 350_000 }, 0, '0');
  expect(fits[0]).toMatchObject({ algorithm: 'fixed-window', variant: '', limit: '10/1s', unexplained: 0 });
  expect(Math.abs((fits[0].window_phase_us ?? 0) - 350_000)).toBeLessThan(50_000);
});

test('decisions that fit nothing are shown', () => {
  const recording = decisionsOf('gcra', '10/1s');
  const requests = recording.requests.map((request, at) =>
    at === 700 ? { ...request, allowed: !request.allowed } : request,
  );
  const { fits, against } = fitted({ ...recording, requests }, 0, '0');
  expect(fits[0].limit).toBe('10/1s');
  expect(against.map(({ at_us }) => at_us)).toContain(requests[700].sentUs);
});
