// What a response says about limits, in every spelling that is in use, and what is wrong with it.
// Plain functions without k6, so that other scripts and tests can use them.

/**
 * What one family of headers says. A field that the response lacks is absent; one that is no number is NaN.
 * @typedef {{ family: string, limit?: number, remaining?: number, resetSeconds?: number }} Said
 */

/** Header names in lower case: k6 spells RateLimit-Limit as Ratelimit-Limit. */
export function lowerCased(headers) {
  const lower = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name];
  return lower;
}

/**
 * The families in a response: `ratelimit` (structured fields, draft-ietf-httpapi-ratelimit-headers-08 and later),
 * `draft-07` (RateLimit: limit=…), `draft-03` (RateLimit-Limit, -Remaining, -Reset) and `x-ratelimit`.
 * @returns {Said[]}
 */
export function limitsIn(headers, nowMs) {
  const { ratelimit, 'ratelimit-policy': policy } = headers;
  const found = [
    threeHeaders('draft-03', 'ratelimit', headers, nowMs),
    threeHeaders('x-ratelimit', 'x-ratelimit', headers, nowMs),
  ];
  if (ratelimit !== undefined && /^\s*\w+\s*=/.test(ratelimit)) found.push(draft07(ratelimit));
  else if (ratelimit !== undefined) found.push(...structured(ratelimit, policy));
  return found.filter((said) => said !== undefined);
}

/** Seconds until the client may come again: undefined without the header, NaN where it is neither a number nor a date. */
export function retryAfterSeconds(headers, nowMs) {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const sentMs = Date.parse(headers.date ?? '');
  return Math.ceil((Date.parse(value) - (Number.isNaN(sentMs) ? nowMs : sentMs)) / 1e3);
}

/**
 * The rules that a response breaks, by name; README.md explains each.
 * `promise`: families that the target is said to send, limits (units) and the longest period that it is said to have.
 */
export function headerErrors({ headers, isRefused, cost, nowMs }, promise) {
  const said = limitsIn(headers, nowMs);
  const retryAfter = retryAfterSeconds(headers, nowMs);
  const remaining = said.map((one) => one.remaining).filter((value) => value !== undefined);
  const broken = {
    missing: promise.families.some((family) => isMissing(family, said, retryAfter, isRefused)),
    malformed: said.some(isMalformed) || Number.isNaN(retryAfter),
    'remaining-on-refusal':
      isRefused && cost > 0 && said.length > 0 && remaining.length > 0 && Math.min(...remaining) >= cost,
    'remaining-above-limit': said.some((one) => one.remaining > one.limit),
    'limit-unknown': said.some(({ limit }) => limit >= 0 && !promise.limits.includes(limit)),
    'reset-beyond-period': said.some(
      ({ resetSeconds }) => resetSeconds > Math.ceil(promise.periodSeconds) + 1,
    ),
    'families-disagree':
      new Set(said.filter(({ family }) => family !== 'ratelimit').map((one) => one.remaining)).size > 1,
    'retry-after-zero': isRefused && retryAfter <= 0,
    'retry-after-before-reset':
      isRefused &&
      said.some(({ family, resetSeconds }) => family === 'ratelimit' && retryAfter < resetSeconds),
  };
  return Object.keys(broken).filter((rule) => broken[rule]);
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

/** RateLimit-Limit: 100, RateLimit-Remaining: 50, RateLimit-Reset: 30; X-RateLimit-Reset may be an instant instead. */
function threeHeaders(family, prefix, headers, nowMs) {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(
    (name) => headers[`${prefix}-${name}`],
  );
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    family,
    ...(limit !== undefined && { limit: whole(limit.split(/[,;]/)[0]) }), // "100, 100;w=60" repeats it with its window
    ...(remaining !== undefined && { remaining: whole(remaining) }),
    ...(reset !== undefined && { resetSeconds: secondsUntil(whole(reset), nowMs) }),
  };
}

/** RateLimit: limit=100, remaining=50, reset=30 */
function draft07(text) {
  const fields = Object.fromEntries(
    text.split(',').map((part) => part.split('=').map((word) => word.trim())),
  );
  return {
    family: 'draft-07',
    limit: whole(fields.limit),
    remaining: whole(fields.remaining),
    resetSeconds: whole(fields.reset),
  };
}

/** RateLimit: "burst";r=50;t=30 with RateLimit-Policy: "burst";q=100;w=60: one entry for each policy. */
function structured(text, policyText = '') {
  const quotas = new Map((listOf(policyText) ?? []).map(({ name, params }) => [name, params.q]));
  const items = listOf(text);
  if (items === undefined || (policyText !== '' && listOf(policyText) === undefined))
    return [{ family: 'ratelimit', remaining: Number.NaN }];
  return items.map(({ name, params }) => ({
    family: 'ratelimit',
    remaining: params.r ?? Number.NaN,
    ...(params.t !== undefined && { resetSeconds: params.t }),
    ...(quotas.has(name) && { limit: quotas.get(name) ?? Number.NaN }),
  }));
}

const quoted = '"(?:[^"\\\\]|\\\\["\\\\])*"';
const parameter = `\\s*;\\s*([a-z*][a-z0-9_.*-]*)(?:=(-?\\d{1,15}|${quoted}|:[A-Za-z0-9+/=]*:))?`;
const item = new RegExp(`^\\s*(${quoted})((?:${parameter})*)\\s*(,|$)`);

/** A structured-field list (RFC 9651) of strings with parameters; undefined where it is none. */
export function listOf(text) {
  const items = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const match = item.exec(rest);
    if (match === null || (match[match.length - 1] === ',' && match[0].length === rest.length))
      return undefined;
    items.push({ name: match[1], params: parametersOf(match[2]) });
    rest = rest.slice(match[0].length);
  }
  return items;
}

function parametersOf(text) {
  const params = {};
  for (const [, name, value] of text.matchAll(new RegExp(parameter, 'g'))) {
    params[name] = /^-?\d+$/.test(value) ? Number(value) : value;
  }
  return params;
}

function whole(text) {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** A reset above ten million is an instant in seconds since 1970, one above ten thousand million in milliseconds. */
function secondsUntil(value, nowMs) {
  if (value > 1e10) return Math.max(0, Math.ceil((value - nowMs) / 1e3));
  return value > 1e7 ? Math.max(0, Math.ceil(value - nowMs / 1e3)) : value;
}
