// What a run counts beside k6's own metrics.
import { Counter, Trend } from 'k6/metrics';

export const sent = new Counter('ratelimit_sent');
export const admitted = new Counter('ratelimit_admitted');
/** Admissions of the keys and windows that plan.json has bounds for, by the tags `key` and `window`. */
export const inWindow = new Counter('ratelimit_in_window');
export const refused = new Counter('ratelimit_refused');
/** Answers that are neither: no connection, 401, 500 … */
export const unexpected = new Counter('ratelimit_unexpected');
/** Probes that came to their end: without one, k6 would pass checks that were never made. */
export const probed = new Counter('ratelimit_probed');
/** One for each rule that a response breaks; the tag `rule` names it. */
export const headerErrors = new Counter('ratelimit_header_errors');
/** Milliseconds between the instant at which a request was due and the one at which it was sent. */
export const lateness = new Trend('ratelimit_lateness', true);
/** Seconds that refusals told the client to wait. */
export const retryAfter = new Trend('ratelimit_retry_after');

/** Metrics that speak of the load generator: when one of their thresholds is crossed, the run says nothing of the limiter. */
export const ofGenerator = [
  'ratelimit_sent',
  'ratelimit_lateness',
  'dropped_iterations',
  'http_req_duration{part:floor}',
];
