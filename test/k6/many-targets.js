// Sends a schedule to several targets at once: what a run of k6 for each of them would do, at the price of one.
// RL_PLAN names a JSON file, { urls, requests: [[due_ms, target, key], …] } in the order of time.
import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';

const urls = new SharedArray('urls', () => JSON.parse(open(__ENV.RL_PLAN)).urls);
const requests = new SharedArray('requests', () => JSON.parse(open(__ENV.RL_PLAN)).requests);

export const options = {
  discardResponseBodies: true,
  scenarios: {
    replay: { executor: 'shared-iterations', vus: 60, iterations: requests.length, maxDuration: '60s' },
  },
  // a machine that takes longer is too busy: decisions overlap, and tell little. No refusal is held back.
  thresholds: { 'http_req_duration{status:429}': ['p(95)<400'] },
};

export function setup() {
  return Date.now() + 1000;
}

export default function replay(startMs) {
  const [dueMs, target, key] = requests[exec.scenario.iterationInTest];
  const waitMs = startMs + dueMs - Date.now();
  if (waitMs > 0) sleep(waitMs / 1e3);
  Object.assign(exec.vu.metrics.metadata, { key });
  http.get(urls[target], { headers: { 'X-Api-Key': key }, tags: { name: 'target', target: String(target) } });
}
