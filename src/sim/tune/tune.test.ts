import { describe, expect, test } from 'vitest';
import { parseSelections } from '../selection.ts';
import { ListedTraffic, planOf, runOn, streamed } from '../testing/runs.ts';
import { quantile } from './demand.ts';
import { type TuneResult, tuned } from './result.ts';
import { type Findings, search } from './search.ts';
import { parseCap, parseGoal } from './wishes.ts';

const stream = {
  arrivals: { model: 'poisson', rate: '200/s' },
  keys: { model: 'zipf', count: 50, exponent: 1 },
} as const;
const periodUs = 1e6;

function searched(selections = 'gcra,fixed-window,sliding-window-log', spanUs = 1e6): Promise<Findings> {
  return search({
    open: async () => streamed(stream, '20s'),
    selections: parseSelections(selections),
    periodUs,
    spanUs,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
}

function resultOf(findings: Findings, goal: string, cap?: string): TuneResult {
  const wishes = {
    goal: parseGoal(goal),
    cap: cap === undefined ? undefined : parseCap(cap),
    periodUs,
    spanUs: 1e6,
  };
  return tuned(findings, wishes, { version: '0', scenario: 'test' });
}

describe('a search', () => {
  test('counts for each limit what the comparison counts', async () => {
    const { outcomes, peaks } = await searched();
    expect(outcomes.length).toBeGreaterThan(20);
    for (const { candidate, refusedRequests, bytesPerKey } of outcomes.filter((_, at) => at % 5 === 0)) {
      const { limit, burst } = candidate.quota;
      const plan = planOf(`${limit}/1s,burst=${burst}`, { algorithms: [candidate.selection] });
      const { results } = await runOn(streamed(stream, '20s'), plan);
      expect(refusedRequests).toBe(results[0].rejected);
      expect(bytesPerKey).toBe(results[0].memory.bytes_per_key);
    }
    expect(peaks.length).toBe(50);
  });

  test('a sliding log at the demand of all refuses nobody, and one at the P90 a tenth of the clients at most', async () => {
    const { outcomes, peaks } = await searched('sliding-window-log');
    const refused = (units: number) =>
      outcomes.find(({ candidate }) => candidate.quota.limit >= units)?.refusedClients;
    expect(refused(quantile(peaks, 1))).toBe(0);
    expect(refused(quantile(peaks, 0.9))).toBeLessThanOrEqual(5);
    expect(refused(quantile(peaks, 0.5))).toBeGreaterThan(5);
  });

  test('the peak is that of all clients together in any trailing span', async () => {
    const traffic = [0, 0.4, 0.9, 1.2, 1.9].map((s, key) => ({ atUs: s * 1e6, key, cost: 1, durationUs: 0 }));
    const { outcomes } = await search({
      open: async () => new ListedTraffic(traffic),
      selections: parseSelections('gcra'),
      periodUs,
      spanUs: 1e6,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    expect(outcomes.map(({ peakAdmitted }) => peakAdmitted)).toEqual([3]); // 0.4, 0.9 and 1.2; or 0.9 to 1.9 without the first
  });

  test('traffic that asks for nothing is refused', async () => {
    const nothing = {
      open: async () => new ListedTraffic([]),
      selections: parseSelections('gcra'),
      periodUs,
      spanUs: 1e6,
    };
    const control = { signal: new AbortController().signal, onProgress: () => {} };
    await expect(search({ ...nothing, ...control })).rejects.toThrow(/no request that asks for anything/);
  });
});

describe('what was found', async () => {
  const findings = await searched();
  const all = findings.outcomes.map(({ refusedRequests, peakAdmitted }) => ({
    refusedRequests,
    peakAdmitted,
  }));

  test('the front has what nothing is better than, and nothing else', () => {
    const { front } = resultOf(findings, 'refuse < 1% of clients');
    for (const { refused_requests, peak_admitted } of front) {
      const better = all.filter(
        (other) =>
          other.refusedRequests <= refused_requests &&
          other.peakAdmitted <= peak_admitted &&
          (other.refusedRequests < refused_requests || other.peakAdmitted < peak_admitted),
      );
      expect(better).toEqual([]);
    }
    for (const { refusedRequests, peakAdmitted } of all) {
      const covered = front.some(
        ({ refused_requests, peak_admitted }) =>
          refused_requests <= refusedRequests && peak_admitted <= peakAdmitted,
      );
      expect(covered).toBe(true);
    }
  });

  test.each(['refuse < 5% of clients', 'refuse <= 10% of requests'])(
    'the choice for "%s" is the lowest peak that meets it',
    (text) => {
      const goal = parseGoal(text);
      const { choice, traffic } = resultOf(findings, text);
      const meeting = findings.outcomes.filter(({ refusedClients, refusedRequests }) =>
        goal.holds(
          goal.of === 'clients' ? refusedClients / traffic.clients : refusedRequests / traffic.requests,
        ),
      );
      expect(choice?.peak_admitted).toBe(Math.min(...meeting.map(({ peakAdmitted }) => peakAdmitted)));
    },
  );

  test('a cap that leaves nothing is said, with what each wish alone would take', () => {
    const result = resultOf(findings, 'refuse < 1% of clients', '1/1s');
    expect(result).toMatchObject({ choice: null, meeting_cap: null, meeting_goal: expect.anything() });
  });
});
