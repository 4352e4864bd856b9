// A test of a rate limiter, written by `ratelimit k6`. What it sends and what it expects is data (plan.json, data/); how to
// run it is in README.md. It imports nothing but what comes with k6 and lies in lib/.
import { check, sleep } from 'k6';
import exec from 'k6/execution';
import { headerErrors as headerErrorsIn } from './lib/header-rules.js';
import { lowerCased, retryAfterSeconds, waitSeconds } from './lib/headers.js';
import {
  admitted,
  headerErrors,
  inWindow,
  lateness,
  probed,
  refused,
  retryAfter,
  sent,
  unexpected,
} from './lib/metrics.js';
import { optionsOf } from './lib/options.js';
import { askedUntilRefused, keepsWord } from './lib/probe.js';
import { requestOf, sharedLines } from './lib/requests.js';
import { summaryOf } from './lib/summary.js';
import { Target } from './lib/target.js';

const plan = JSON.parse(open('./plan.json'));
const keys = sharedLines('keys', () => open('./data/keys.txt'));
const requests = {};
for (const [scenario, file] of Object.entries(plan.data))
  requests[scenario] = sharedLines(scenario, () => open(file));
const credentials = __ENV.RL_CREDENTIALS ? JSON.parse(open(__ENV.RL_CREDENTIALS)) : {};
const target = new Target(plan, __ENV, credentials);
/** The keys and windows whose admissions are judged one by one. */
const watched = new Set(plan.bounds.map(({ key, window }) => `${key}:${window}`));

export const options = optionsOf(plan, __ENV, target.url);

/**
 * Time 0 of the schedule. Several k6 processes that share a run are given the same one. Short periods begin with one of the
 * clock's, because bursts around the edges of windows show nothing when they miss them.
 */
export function setup() {
  const earliestMs = Date.now() + plan.start_delay_ms;
  const step = plan.start_step_ms;
  return { startAtMs: Number(__ENV.RL_START_AT) || Math.ceil(earliestMs / step) * step };
}

/** Sends each request at its own instant. Virtual users take the requests in turn and sleep until theirs is due. */
export function replay({ startAtMs }) {
  const at = exec.scenario.iterationInTest;
  const request = requestOf(requests[exec.scenario.name], keys, at);
  const dueMs = startAtMs + request.dueMs;
  const waitMs = dueMs - Date.now();
  if (waitMs > 0) sleep(waitMs / 1e3);
  lateness.add(Math.max(0, Date.now() - dueMs));
  ask(request, at, request.dueMs);
}

/** Sends the next request at once: k6 keeps the rate. */
export function load() {
  const at = exec.scenario.iterationInTest;
  const request = requestOf(requests[exec.scenario.name], keys, at);
  ask(request, at, Date.now() - exec.scenario.startTime);
}

/** How long the network and this machine take for a request that costs the target nothing. */
export function floor() {
  const { RL_FLOOR_TARGET: url } = __ENV;
  new Target({ ...plan, target: url, refused_status: [] }, {}).send('floor', 0, 'floor');
}

/** A client of its own asks until it is refused, waits as it is told, and must then be admitted. */
export async function probe() {
  const { key, longest_wait_s: longestWait } = plan.probe;
  const { answers, inTurn } = await askedUntilRefused(target, plan.probe);
  const refusal = answers.find((answer) => target.isRefusal(answer));
  check(answers, {
    'a client that asks too often is refused': () => refusal !== undefined,
    'a client is admitted as often as it was told': () => !inTurn || keepsWord(target, answers),
  });
  const wait = refusal && waitSeconds(lowerCased(refusal.headers), Date.now());
  if (wait <= longestWait) {
    sleep(wait + 0.01);
    const next = target.send(key, 1, 'probe');
    check(next, { 'a client that waits as it is told is admitted': () => target.isAdmission(next) });
  }
  probed.add(1);
}

export function handleSummary(data) {
  return summaryOf(plan, data, __ENV.RL_SUMMARY || 'summary.json');
}

function ask({ key, name, cost }, at, atMs) {
  // Metadata goes into the results, one value a request, without making time series of its own; k6's CSV joins it by & and =.
  Object.assign(exec.vu.metrics.metadata, {
    request: String(at),
    key: name.replace(/[%&=]/g, encodeURIComponent),
    cost: String(plan.send.cost ? cost : 1),
  });
  const response = target.send(name, cost, 'load');
  sent.add(1);
  if (target.isRefusal(response)) refused.add(1);
  else if (target.isAdmission(response)) countAdmission(key, atMs);
  else unexpected.add(1);
  if (response.status > 0) examine(response, plan.send.cost ? cost : 1);
}

/** Each instant lies in two windows, which overlap by half. */
function countAdmission(key, atMs) {
  admitted.add(1);
  const last = Math.floor((2 * atMs) / plan.window_ms);
  for (const window of [last - 1, last]) {
    if (watched.has(`${key}:${window}`)) inWindow.add(1, { key: String(key), window: String(window) });
  }
}

function examine(response, cost) {
  const headers = lowerCased(response.headers);
  const isRefused = target.isRefusal(response);
  const nowMs = Date.now();
  for (const rule of headerErrorsIn({ headers, isRefused, cost, nowMs }, plan.promise))
    headerErrors.add(1, { rule });
  const seconds = retryAfterSeconds(headers, nowMs);
  if (isRefused && seconds >= 0) retryAfter.add(seconds);
}
