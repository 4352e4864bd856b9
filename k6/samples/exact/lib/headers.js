// What a response says about limits, in every spelling that is in use, and what is wrong with it.
// Plain functions without k6, so that other scripts and tests can use them.
import { listOf } from './structured-fields.js';

/**
 * What one family of headers says. A field that the response lacks is absent; one that is no number is NaN.
 * `hasPolicy`: whether RateLimit-Policy, where it is sent, has the policy that RateLimit speaks of.
 * @typedef {{ family: string, limit?: number, remaining?: number, resetSeconds?: number, hasPolicy?: boolean }} Said
 */

/** Header names in lower case: k6 spells RateLimit-Limit as Ratelimit-Limit. */
export function lowerCased(headers) {
  const lower = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name];
  return lower;
}

/**
 * The families in a response, by the names that `ratelimit serve --headers` has for them: `draft` (structured fields,
 * draft-ietf-httpapi-ratelimit-headers-08 and later), `draft-7` (RateLimit: limit=…), `draft-6` (RateLimit-Limit, -Remaining,
 * -Reset; drafts 03 to 06) and `x-ratelimit`.
 * @returns {Said[]}
 */
export function limitsIn(headers, nowMs) {
  const { ratelimit, 'ratelimit-policy': policy } = headers;
  const found = [
    threeHeaders('draft-6', 'ratelimit', headers, nowMs),
    threeHeaders('x-ratelimit', 'x-ratelimit', headers, nowMs),
  ];
  if (ratelimit !== undefined && /^\s*\w+\s*=/.test(ratelimit)) found.push(draft7(ratelimit));
  else if (ratelimit !== undefined) found.push(...structured(ratelimit, policy));
  return found.filter((said) => said !== undefined);
}

/** Seconds until the client may come again: undefined without the header, NaN where it is neither a number nor a date. */
export function retryAfterSeconds(headers, nowMs) {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  if (!/^[A-Z][a-z]+, /.test(value)) return Number.NaN; // Date.parse reads 1.5 as a day
  const sentMs = Date.parse(headers.date ?? '');
  return Math.ceil((Date.parse(value) - (Number.isNaN(sentMs) ? nowMs : sentMs)) / 1e3);
}

/** Seconds that a refused client is told to wait, by the latest reset where there is no Retry-After; undefined where nothing tells. */
export function waitSeconds(headers, nowMs) {
  const resets = limitsIn(headers, nowMs).map((said) => said.resetSeconds);
  const known = resets.filter((seconds) => seconds >= 0);
  return retryAfterSeconds(headers, nowMs) ?? (known.length > 0 ? Math.max(...known) : undefined);
}

/** The least that remains by any family; undefined where nothing tells. */
export function leastRemaining(headers, nowMs) {
  const known = limitsIn(headers, nowMs)
    .map((said) => said.remaining)
    .filter((value) => value >= 0);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** RateLimit-Limit: 100, RateLimit-Remaining: 50, RateLimit-Reset: 30; only X-RateLimit-Reset may be an instant instead. */
function threeHeaders(family, prefix, headers, nowMs) {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(
    (name) => headers[`${prefix}-${name}`],
  );
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    family,
    ...(limit !== undefined && { limit: whole(limit.split(/[,;]/)[0]) }), // "100, 100;w=60" repeats it with its window
    ...(remaining !== undefined && { remaining: whole(remaining) }),
    ...(reset !== undefined && { resetSeconds: secondsOf(whole(reset), family, nowMs) }),
  };
}

/** RateLimit: limit=100, remaining=50, reset=30 */
function draft7(text) {
  const fields = Object.fromEntries(
    text.split(',').map((part) => part.split('=').map((word) => word.trim())),
  );
  return {
    family: 'draft-7',
    limit: whole(fields.limit),
    remaining: whole(fields.remaining),
    resetSeconds: whole(fields.reset),
  };
}

/** RateLimit: "burst";r=50;t=30 with RateLimit-Policy: "burst";q=100;w=60: one entry for each policy. */
function structured(text, policyText = '') {
  const policies = new Map((listOf(policyText) ?? []).map(({ name, params }) => [name, params.q]));
  const items = listOf(text) ?? [{ params: {} }];
  return items.map(({ name, params }) => ({
    family: 'draft',
    remaining: params.r ?? Number.NaN,
    ...(params.t !== undefined && { resetSeconds: params.t }),
    ...(policies.size > 0 && { hasPolicy: policies.has(name) }),
    ...(policies.has(name) && { limit: policies.get(name) }),
  }));
}

/** RateLimit-Policy: "burst";q=100;w=60 or, until draft 07, 100;w=60. */
export function isPolicy(text = '') {
  if (/^\s*\d/.test(text)) return /^\s*\d+\s*(;[^,]*)?(,\s*\d+\s*(;[^,]*)?)*$/.test(text);
  return (listOf(text) ?? [{ params: {} }]).every(({ params: { q, w = 1 } }) => q >= 0 && w > 0);
}

/** The windows that a policy of any draft names, in seconds. */
export function windowsIn(text = '') {
  const unquoted = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return [...unquoted.matchAll(/;\s*w=(\d+)/g)].map(([, seconds]) => Number(seconds));
}

function whole(text) {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** Without a standard: a reset above ten million is an instant in seconds since 1970, one above ten thousand million in milliseconds. */
function secondsOf(value, family, nowMs) {
  if (family !== 'x-ratelimit' || !(value > 1e7)) return value;
  return Math.max(0, Math.ceil(value > 1e10 ? (value - nowMs) / 1e3 : value - nowMs / 1e3));
}
