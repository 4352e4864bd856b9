// The end of a run: a text for people, and summary.json for `ratelimit k6 import`.
import { ofGenerator } from './metrics.js';

/** What handleSummary returns. `plan`: plan.json; `data`: what k6 hands over; `file`: where the summary goes. */
export function summaryOf(plan, data, file) {
  const summary = summarized(plan, data);
  return { stdout: textOf(summary), [file]: `${JSON.stringify(summary, null, 2)}\n` };
}

function summarized(plan, { metrics, state }) {
  const count = (name) => metrics[name]?.values?.count ?? 0;
  const judged = Object.keys(plan.options.thresholds).flatMap((metric) => {
    const { thresholds = {}, values } = metrics[metric] || {};
    return Object.entries(thresholds).map(([expected, { ok }]) => ({
      metric,
      expected,
      seen: seenOf(expected, values),
      ok,
      of: ofWhat(metric),
    }));
  });
  const bounds = plan.bounds.map((bound) => {
    const seen = count(`ratelimit_in_window{key:${bound.key},window:${bound.window}}`);
    return { ...bound, admitted: seen, over: Math.max(0, seen - bound.most) };
  });
  return {
    schema: 'ratelimit.k6/1',
    name: plan.name,
    verdict: verdictOf(judged),
    duration_ms: Math.round(state.testRunDurationMs),
    sent: count('ratelimit_sent'),
    admitted: count('ratelimit_admitted'),
    refused: count('ratelimit_refused'),
    unexpected: count('ratelimit_unexpected'),
    header_errors: count('ratelimit_header_errors'),
    over_admitted: bounds.reduce((sum, { over }) => sum + over, 0),
    lateness_ms: quantilesOf(metrics.ratelimit_lateness),
    latency_ms: quantilesOf(
      metrics['http_req_duration{part:load}'] || metrics['grpc_req_duration{part:load}'],
    ),
    floor_ms: quantilesOf(metrics['http_req_duration{part:floor}']),
    bounds,
    judged,
  };
}

function ofWhat(metric) {
  return ofGenerator.includes(metric) ? 'generator' : 'limiter';
}

/** A generator that did not do its part makes every other verdict worthless. */
function verdictOf(judged) {
  const crossed = (of) => judged.some((one) => one.of === of && !one.ok);
  if (crossed('generator')) return 'inconclusive';
  return crossed('limiter') ? 'failed' : 'passed';
}

function quantilesOf(metric) {
  if (!metric?.values || !(metric.values.max >= 0)) return null;
  const { 'p(50)': p50, 'p(90)': p90, 'p(99)': p99, 'p(99.9)': p999, max } = metric.values;
  return { p50, p90, p99, p999, max };
}

/** The value that an expression such as `p(99)<50` speaks of. */
function seenOf(expression, values = {}) {
  const value = values[/^[^<>=!]+/.exec(expression)[0].trim()];
  return value === undefined ? null : value;
}

const words = {
  passed: 'PASSED: the target behaves as predicted.',
  failed: 'FAILED: the target does not behave as predicted.',
  inconclusive:
    'INCONCLUSIVE: the load generator did not do its part, so this says nothing of the target. Run it again on a quieter machine.',
};

function textOf({
  name,
  verdict,
  sent,
  admitted,
  refused,
  unexpected,
  judged,
  lateness_ms: late,
  latency_ms: latency,
}) {
  const broken = judged.filter(({ ok }) => !ok);
  const spread = ({ p50, p99, max }) =>
    `P50 ${shortened(p50)} ms, P99 ${shortened(p99)} ms, at most ${shortened(max)} ms`;
  return [
    `\n${name}: ${words[verdict]}`,
    `  ${sent} sent, ${admitted} admitted, ${refused} refused, ${unexpected} unexpected`,
    ...(late ? [`  sent late by ${spread(late)}`] : []),
    ...(latency ? [`  answered within ${spread(latency)}`] : []),
    `  ${judged.length - broken.length} of ${judged.length} thresholds hold`,
    ...broken.map(
      ({ metric, expected, seen }) => `  broken: ${metric}: ${expected}, seen ${shortened(seen)}`,
    ),
    '',
  ].join('\n');
}

function shortened(value) {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : 'nothing';
}
