// What is wrong with what a response says about limits. Plain functions without k6, as headers.js.
import { isPolicy, limitsIn, retryAfterSeconds, windowsIn } from './headers.js';

/**
 * The rules that a response breaks, by name; README.md explains each.
 * `promise`: families that the target is said to send, limits (units), windows (whole seconds), and the longest period.
 */
export function headerErrors({ headers, isRefused, cost, nowMs }, promise) {
  const said = limitsIn(headers, nowMs);
  const retryAfter = retryAfterSeconds(headers, nowMs);
  const remaining = said.map((one) => one.remaining).filter((value) => value !== undefined);
  const longest = Math.ceil(promise.periodSeconds) + 1;
  const broken = {
    missing: promise.families.some((family) => isMissing(family, said, retryAfter, isRefused)),
    malformed: said.some(isMalformed) || Number.isNaN(retryAfter) || !isPolicy(headers['ratelimit-policy']),
    'remaining-on-refusal':
      isRefused && cost > 0 && said.length > 0 && remaining.length > 0 && Math.min(...remaining) >= cost,
    'remaining-above-limit': said.some((one) => one.remaining > Math.max(one.limit, ...promise.limits)),
    'limit-unknown': said.some(({ limit }) => limit >= 0 && !promise.limits.includes(limit)),
    'policy-unknown': said.some(({ hasPolicy }) => hasPolicy === false),
    'window-unknown': windowsIn(headers['ratelimit-policy']).some((one) => !promise.windows.includes(one)),
    'reset-beyond-period': said.some(({ resetSeconds }) => resetSeconds > longest),
    'families-disagree': new Set(ofOneLimit(said).map((one) => one.remaining)).size > 1,
    'retry-after-zero': isRefused && retryAfter <= 0,
    'retry-after-beyond-period': isRefused && retryAfter > longest,
    'retry-after-before-reset':
      isRefused && said.some(({ family, resetSeconds }) => family === 'draft' && retryAfter < resetSeconds),
  };
  return Object.keys(broken).filter((rule) => broken[rule]);
}

/** What families say of the one limit that they have room for; of several policies RateLimit says more than that. */
function ofOneLimit(said) {
  const isOnly = said.filter(({ family }) => family === 'draft').length === 1;
  return said.filter(({ family }) => family !== 'draft' || isOnly);
}

function isMissing(family, said, retryAfter, isRefused) {
  return family === 'retry-after'
    ? isRefused && retryAfter === undefined
    : !said.some((one) => one.family === family);
}

function isMalformed(said) {
  return ['limit', 'remaining', 'resetSeconds'].some(
    (field) => said[field] !== undefined && !(said[field] >= 0),
  );
}
