import { code } from './markdown-code.ts';
import type { TestPlan } from './test-plan.ts';

const windowMetric = 'ratelimit_in_window';

/** One row for all windows: each has bounds of its own, which are in plan.json. */
export function thresholdRows(thresholds: TestPlan['options']['thresholds']): string[][] {
  const known = Object.entries(thresholds).filter(([, expressions]) => expressions.length > 0);
  const ofWindows = known.filter(([metric]) => metric.startsWith(windowMetric));
  return known
    .filter((entry) => !ofWindows.slice(1).includes(entry))
    .map(([metric, expressions]) => {
      const isFirst = ofWindows.length > 1 && metric === ofWindows[0][0];
      const more = isFirst ? `, and ${ofWindows.length - 1} others in \`plan.json\`` : '';
      return [code(metric), `${expressions.map(code).join(', ')}${more}`, meaningOf(metric)];
    });
}

function meaningOf(metric: string): string {
  const meanings: readonly (readonly [prefix: string, meaning: string])[] = [
    ['ratelimit_sent', 'inconclusive: not every request was sent'],
    ['ratelimit_lateness', 'inconclusive: requests were sent too late'],
    ['dropped_iterations', 'inconclusive: k6 could not keep the rate'],
    ['http_req_duration{part:floor}', 'inconclusive: too slow here to judge latency'],
    ['http_req_duration', 'the target is too slow'],
    ['grpc_req_duration', 'the target is too slow'],
    ['ratelimit_unexpected', 'answers that are neither admission nor refusal'],
    ['ratelimit_header_errors', 'headers that lie or are missing'],
    [windowMetric, 'one key in one window got more or less than predicted'],
    ['ratelimit_admitted', 'more or less admitted than predicted'],
    ['ratelimit_refused', 'more or less refused than predicted'],
    ['ratelimit_probed', 'the probe did not come to its end'],
    [
      'checks',
      'a client that asks too often is not refused, or one is that was told that more remains, or that waited as it was told',
    ],
  ];
  return meanings.find(([prefix]) => metric.startsWith(prefix))?.[1] ?? '';
}
