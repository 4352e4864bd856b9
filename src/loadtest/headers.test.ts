/** What generated scripts read out of response headers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerErrors } from '../../k6/lib/header-rules.js';
import {
  leastRemaining,
  limitsIn,
  lowerCased,
  retryAfterSeconds,
  waitSeconds,
} from '../../k6/lib/headers.js';
import { listOf } from '../../k6/lib/structured-fields.js';

const nowMs = Date.parse('2026-05-23T12:00:00Z');
const said = (headers: Record<string, string>) => limitsIn(lowerCased(headers), nowMs);

describe('every spelling of limits is read alike', () => {
  const meant = { limit: 100, remaining: 50, resetSeconds: 30 };
  test.each([
    ['the current draft', 'draft', { Ratelimit: '"api";r=50;t=30', 'Ratelimit-Policy': '"api";q=100;w=60' }],
    ['draft 7', 'draft-7', { Ratelimit: 'limit=100, remaining=50, reset=30' }],
    [
      'drafts 3 to 6',
      'draft-6',
      { 'Ratelimit-Limit': '100, 100;w=60', 'Ratelimit-Remaining': '50', 'Ratelimit-Reset': '30' },
    ],
    [
      'X- headers, delta',
      'x-ratelimit',
      { 'X-Ratelimit-Limit': '100', 'X-Ratelimit-Remaining': '50', 'X-Ratelimit-Reset': '30' },
    ],
    [
      'X- headers, seconds since 1970',
      'x-ratelimit',
      {
        'X-Ratelimit-Limit': '100',
        'X-Ratelimit-Remaining': '50',
        'X-Ratelimit-Reset': String(nowMs / 1e3 + 30),
      },
    ],
    [
      'X- headers, milliseconds since 1970',
      'x-ratelimit',
      {
        'X-Ratelimit-Limit': '100',
        'X-Ratelimit-Remaining': '50',
        'X-Ratelimit-Reset': String(nowMs + 30_000),
      },
    ],
  ])('%s', (_, family, headers) => {
    expect(said(headers)).toMatchObject([{ family, ...meant }]);
  });

  test('two policies are two', () => {
    const headers = {
      RateLimit: '"s";r=1;t=1, "d";r=900',
      'RateLimit-Policy': '"s";q=10;w=1, "d";q=1000;w=86400',
    };
    expect(said(headers)).toEqual([
      { family: 'draft', remaining: 1, resetSeconds: 1, limit: 10, hasPolicy: true },
      { family: 'draft', remaining: 900, limit: 1000, hasPolicy: true },
    ]);
  });
});

test.each([
  ['seconds', { 'Retry-After': '7' }, 7],
  [
    'a date, by the clock of the server',
    { 'Retry-After': 'Sat, 23 May 2026 13:00:09 GMT', Date: 'Sat, 23 May 2026 13:00:00 GMT' },
    9,
  ],
  ['a date without a clock', { 'Retry-After': 'Sat, 23 May 2026 12:00:09 GMT' }, 9],
  ['half a second is no Retry-After', { 'Retry-After': '0.5' }, Number.NaN],
  ['nor is less than none', { 'Retry-After': '-5' }, Number.NaN],
  ['none', {}, undefined],
])('Retry-After: %s', (_, headers, seconds) => {
  expect(retryAfterSeconds(lowerCased(headers), nowMs)).toEqual(seconds);
});

describe('structured fields', () => {
  test.each([
    ['""', [{ name: '""', params: {} }]],
    ['"a";r=1;pk=:AQI=:', [{ name: '"a"', params: { r: 1, pk: ':AQI=:' } }]],
    [
      '"a\\"b" ; q=2 , "c"',
      [
        { name: '"a\\"b"', params: { q: 2 } },
        { name: '"c"', params: {} },
      ],
    ],
    ['', []],
    ['a;r=1', undefined],
    ['"a" "b"', undefined],
    ['"a",', undefined],
    ['"a";R=1', undefined],
    ['"a";r=1.5', undefined],
  ])('%s', (text, items) => {
    expect(listOf(text)).toEqual(items);
  });

  test('what is written is read', () => {
    const name = fc.stringMatching(/^[ !#-[\]-~]{0,12}$/);
    const value = fc.record({ r: fc.nat(), t: fc.nat() });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (items) => {
        const text = items.map(([name, { r, t }]) => `"${name}";r=${r};t=${t}`).join(', ');
        expect(listOf(text)).toEqual(items.map(([name, params]) => ({ name: `"${name}"`, params })));
      }),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void said({ RateLimit: text, 'RateLimit-Policy': text })));
  });
});

describe('rules', () => {
  const promise = { families: ['retry-after'], limits: [10], windows: [60], periodSeconds: 60 };
  const right = { RateLimit: '"a";r=0;t=5', 'RateLimit-Policy': '"a";q=10;w=60', 'Retry-After': '5' };
  const broken = (headers: Record<string, string>, isRefused = true, families = promise.families) =>
    headerErrors({ headers: lowerCased(headers), isRefused, cost: 1, nowMs }, { ...promise, families });

  test('a right refusal breaks none', () => expect(broken(right)).toEqual([]));
  test('a right admission breaks none', () => expect(broken({ RateLimit: '"a";r=9' }, false)).toEqual([]));

  test.each([
    ['missing', { RateLimit: '"a";r=0' }],
    ['malformed', { ...right, RateLimit: 'a;r=0' }],
    ['malformed', { ...right, 'Retry-After': 'soon' }],
    ['malformed', { ...right, 'RateLimit-Policy': '"a";w=60' }],
    ['malformed', { 'RateLimit-Policy': 'a;q=10', 'Retry-After': '5' }],
    ['malformed', { 'RateLimit-Policy': '10;w=60, ten', 'Retry-After': '5' }],
    ['policy-unknown', { ...right, RateLimit: '"b";r=0;t=5' }],
    ['window-unknown', { ...right, 'RateLimit-Policy': '"a;w=60";q=10;w=3600, "a";q=10;w=60' }],
    ['window-unknown', { 'RateLimit-Policy': '10;w=3600', 'Retry-After': '5' }],
    ['families-disagree', { ...right, 'X-RateLimit-Remaining': '7' }],
    ['reset-beyond-period', { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '1790000000' }],
    ['retry-after-beyond-period', { ...right, 'Retry-After': '3600' }],
    ['remaining-on-refusal', { ...right, RateLimit: '"a";r=3;t=5' }],
    ['remaining-above-limit', { ...right, RateLimit: '"a";r=11;t=5' }],
    ['limit-unknown', { ...right, 'RateLimit-Policy': '"a";q=20;w=60' }],
    ['reset-beyond-period', { ...right, RateLimit: '"a";r=0;t=62', 'Retry-After': '62' }],
    ['families-disagree', { ...right, 'RateLimit-Remaining': '0', 'X-RateLimit-Remaining': '7' }],
    ['retry-after-zero', { ...right, 'Retry-After': '0' }],
    ['retry-after-before-reset', { ...right, 'Retry-After': '4' }],
  ])('%s', (rule, headers) => {
    expect(broken(headers)).toContain(rule);
  });

  test('a bucket that holds more than the limit may tell so', () => {
    const headers = { RateLimit: '"a";r=15', 'RateLimit-Policy': '"a";q=10;w=60' };
    const agreed = { ...promise, limits: [10, 20] };
    expect(headerErrors({ headers: lowerCased(headers), isRefused: false, cost: 1, nowMs }, agreed)).toEqual(
      [],
    );
  });

  test.each([
    ['Retry-After first', { ...right, 'Retry-After': '7' }, 7],
    ['a reset without it', { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(nowMs / 1e3 + 9) }, 9],
    ['the latest of several', { RateLimit: '"s";r=0;t=1, "d";r=0;t=20' }, 20],
    ['nothing', {}, undefined],
  ])('a refused client is told to wait: %s', (_, headers, seconds) => {
    expect(waitSeconds(lowerCased(headers), nowMs)).toBe(seconds);
  });

  test('of several limits the least remains', () => {
    expect(leastRemaining({ ratelimit: '"s";r=3, "d";r=20' }, nowMs)).toBe(3);
    expect(leastRemaining({ 'retry-after': '5' }, nowMs)).toBeUndefined();
  });

  test('a promised family is missed on admissions too', () => {
    expect(broken({}, false, ['x-ratelimit'])).toEqual(['missing']);
  });
});
