/** The quirks of products as tables: each row is one that its source has, and shows it. */
import { expect, test } from 'vitest';
import { parseRules } from '../../src/sim/rule.ts';
import { parseProfiles } from '../../src/sim/selection.ts';
import { NamedDesk } from '../../src/sim/testing/named-desk.ts';

/**
 * Decides `ms` or `ms*cost`, joined by blanks, from 2026-01-01 00:00 UTC on, a Thursday. Answers for each `+` or `-`; behind it
 * the milliseconds of the delay or of the wait, if there are any.
 */
function decide(profile: string, limit: string, requests: string): string {
  const desk = new NamedDesk(parseProfiles(profile)[0], parseRules(limit));
  const startUs = 1_767_225_600_000_000;
  const answers = requests.split(' ').map((text) => {
    const [ms, cost = '1'] = text.split('*');
    const timeUs = startUs + Math.round(Number(ms) * 1000);
    const request = { timeUs, decidedAtUs: timeUs, key: 'a', cost: Number(cost), durationUs: 0 };
    const { allowed, delayUs, retryAfterUs } = desk.decide(request, false);
    if (allowed) return delayUs === 0 ? '+' : `+${delayUs / 1000}`;
    return retryAfterUs === -1 ? '-never' : `-${retryAfterUs / 1000}`;
  });
  return answers.join(' ');
}

// biome-ignore format: a table, a quirk a row
test.each([
  // nginx
  ['nginx', '1/1s,burst=1', '0 0 999 1000', '+ -1000 -1 +', 'burst 0 admits one at an instant, and a refusal leaves no debt'],
  ['nginx', '1/1s,burst=3', '0 0 0 0', '+ +1000 +2000 -1000', 'burst 2 admits three; what is above the rate waits'],
  ['nginx-nodelay', '1/1s,burst=3', '0 0 0 0', '+ + + -1000', 'nodelay holds nothing back'],
  ['nginx:delay=1', '1/1s,burst=3', '0 0 0', '+ + +1000', 'delay=1: the first above the rate passes at once'],
  ['nginx', '7/1m,burst=1', '0 8571.5 8620 8621', '+ -49.5 -1 +', '7r/m is 116 thousandths a second: one each 8621 ms'],
  ['nginx-nodelay', '7/1m,burst=2', '0 0 5 10 8621', '+ + -8616 -8611 +', 'what is refused does not move the clock of the level on'],
  // GCRA libraries
  ['redis-cell', '10/1s,burst=16', '0*16 0 100', '+ -1000 +', 'max_burst 15 admits 16; a wait of 100 ms is told as 1 s'],
  ['redis-cell', '1/1s,burst=1', '0 0 999.6 1000', '+ -1000 -0.001 +', 'a wait of less than a millisecond is told as 0 s'],
  ['redis-cell', '1500/1s,burst=1', '0.9 0.99 1', '+ -0.001 +', 'the key lives for whole milliseconds, cut: 0 ms is the rest of this one'],
  ['redis-cell', '10/1s,burst=5', '0*6 0*5', '-never +', 'a request above the capacity is told to wait for -1, and takes nothing'],
  ['redis-rate', '10/1s,burst=5', '0*6', '-100.001', 'a request above the burst is told a finite wait, with the rounding of doubles'],
  ['throttled', '3/1s,burst=1', '0 333.333 333.334', '+ -0.001 +', 'the emission interval is 333333333 ns'],
  ['governor', '2/1s,burst=2', '0*3 0*2 0 500', '-never + -500 +', 'more cells than the burst are an error; a tie is allowed'],
  // Go
  ['x-time-rate', '1/1s,burst=2', '0*3 0*2 0 1000', '-never + -1000 +', 'more than the burst never passes'],
  ['x-time-rate:max_wait=1s', '1/1s,burst=1', '0 0 0 1000', '+ +1000 -2000 +1000', 'Wait takes tokens ahead, in order of arrival'],
  ['traefik', '1/1s,burst=1', '0 499 500', '+ -501 +500', 'waits of up to half a second are held back'],
  ['traefik', '1/1s,burst=100', '0*100 1 2000 2000*99', '+ -999 + +', 'a bucket that is left alone for 2 s is full again'],
  ['traefik', '1/1s,burst=100', '0*100 1500*50 2998*100', '+ -48500 -97002', 'and refused requests keep it alive'],
  // Envoy
  ['envoy-global', '10/1s', '0*8 0*5 0 1000', '+ -1000 -1000 +', 'the whole cost is counted, also of what is refused'],
  ['envoy-global', '10/1s', '999*10 1000*10', '+ +', 'twice the limit at the edge of a window'],
  ['envoy-global', '1/1s', '400 900.5', '+ -1000', 'reset is told in whole seconds: 1 to the unit'],
  ['envoy-global', '1/1w', '0 1', '+ -604800000', 'weeks begin on Thursday'],
  ['envoy-local', '10/1m,burst=10', '0*10 0 6000', '+ -6000 +', 'since 1.31: one token each 6 s'],
  ['envoy-local', '5/1s,burst=3', '0 0 0 0.001', '+ + -0.001 +', 'time is a double: the third of a bucket of 3 lacks a trifle'],
  ['envoy-local-1.30', '10/1m,burst=10', '0*10 6000 60000*10', '+ -54000 +', 'until 1.30: ten tokens each minute'],
  // Kong
  ['kong-local', '5/1s', '0*4 0*2 0 1000', '+ -1000 + +', 'refused requests do not count'],
  ['kong-redis', '5/1s', '0*4 0*2 0 1000', '+ -1000 -1000 +', 'with redis they do'],
  ['kong-local', '1/1m', '30999 31999', '+ -29000', 'Retry-After by a clock of whole seconds'],
  ['kong-redis-sync', '2/1m', '0.9 1 2 1000.1', '+ + + -59000', 'timers go by the millisecond: the push of 0.9 ms is due at 1000'],
  ['kong-redis-sync', '2/1m', '0 1 2 3 1001 1002', '+ + + -60000 -59000 -59000', 'a worker sees one unit fewer than there is until it pushes'],
  // Node.js
  ['rate-limiter-flexible', '10/1s', '0*8 0*5 0 1000', '+ -1000 -1000 +', 'refused points count; at its end a window is over'],
  ['rate-limiter-flexible-redis', '10/1s', '0*10 1000 1001', '+ -0.001 +', 'in Redis it lasts through the millisecond of its end'],
  ['rate-limiter-flexible:block_duration=2s', '1/10s', '0 0 1000 2000', '+ -2000 -1000 +', 'a block that is shorter than the window ends it'],
  ['rate-limiter-flexible:exec_evenly=true', '4/1s', '0 0 100', '+ +250 +300', 'the delay is what is left of the window over remaining + 2'],
  ['express-rate-limit', '2/1500ms', '0 0 0 1499 1500', '+ + -2000 -1000 +', 'Retry-After in whole seconds; refused hits do not lengthen the window'],
  // Upstash
  ['upstash-fixed-window', '2/1s', '500 500 500 1000 1001', '+ + -500 -0.001 +', 'the cache refuses through the millisecond of the reset'],
  ['upstash-fixed-window:ephemeral_cache=false', '2/1s', '500 500 500 1000', '+ + -500 +', 'and without it the reset is the next window'],
  ['upstash-sliding-window:ephemeral_cache=false', '10/1s', '0*9 1*5 2', '+ -999 -998', 'a cost of 5 with 1 left is counted and refused'],
  ['upstash-sliding-window', '4/1s', '0*4 1100 1600', '+ + +', 'the window before weighs less and less'],
  ['upstash-sliding-window', '4/1s', '900*4 1050 1051 1600', '+ + -949 -400', 'once refused, the cache hides that there is room again'],
  ['upstash-token-bucket:ephemeral_cache=false', '1/1s,burst=3', '0*5 0 1000 5000', '-1000 -1000 -1000 +', 'a refused cost of 5 leaves a debt, and each refusal adds to it'],
  ['upstash-token-bucket-2.2:ephemeral_cache=false', '1/1s,burst=3', '0*5 0', '-1000 +', 'since 2.2 it takes nothing'],
  ['upstash-token-bucket', '5/1s,burst=5', '0*5 999 1000 1001', '+ -1 -0.001 +', 'the cache refuses through the millisecond of the refill'],
  // Python
  ['limits-moving-window', '1/1s', '0 1000 1000.001', '+ -0.001 +', 'a hit exactly one period ago still counts'],
  ['limits-fixed-window-memory', '2/1s', '500 500 600 1500', '+ + -900 +', 'windows start at the first hit'],
  ['limits-sliding-window-counter', '2/1s', '500 900 1400 1500.001 1999', '+ + -100 -0.001 +', 'in Redis windows start at the first hit'],
  ['limits-sliding-window-counter-memory', '2/1s', '500 900 1400 1500.001', '+ + + +', 'in memory they are aligned to 1970'],
  // gubernator
  ['gubernator-token-bucket', '5/1s', '0*3 1*3 1*2 1000 1001', '+ -999 + -0.001 +', 'what asks for too much takes nothing; at exactly the end the window is still open'],
  ['gubernator-leaky-bucket', '2/1s', '0*2 0 499 500 999', '+ -1000 -1000 + -1000', 'leaks are credited in whole units'],
  ['gubernator-leaky-bucket', '3000/1s,burst=1', '0 0', '+ -0.001', 'above 1000 a second the told reset is 0'],
  ['gubernator-leaky-bucket', '1/1s,burst=3', '0*3 1001.5 2003*3', '+ + +', 'a bucket that is left alone for a duration is full again'],
  // others
  ['spring-cloud-gateway', '10/1s', '990*10 999 1000*10', '+ -1 +', 'the bucket and the refill of the next second pass at once'],
  ['spring-cloud-gateway', '1/1m,burst=1', '0 59000 60000', '+ -1000 +', 'below one a second by requestedTokens'],
  ['spring-cloud-gateway', '10/1s,burst=4', '0*4 0*4 1*5', '+ + -never', 'a capacity below half the rate lives for 0 s: only what is above it is refused'],
  ['haproxy', '2/1s', '0 0 0 500 1000 1500 2000', '+ + -1001 -834 -501 -251 -1', 'denied requests count: who keeps on never recovers'],
  ['haproxy', '1/1s', '0 1000.5 2002', '+ -0.5 +', 'the period before counts, rounded down'],
  ['bucket4j-greedy', '10/1m', '0*10 60000*10', '+ +', 'up to twice the capacity within a period'],
  ['bucket4j-intervally', '10/1m', '0*10 59999.999 60000*10', '+ -0.001 +', 'all tokens at once'],
  ['cloudflare-waf:mitigation=0s', '50/1m', '0*42 74000*17 75000 75000', '+ + + -714.286', '42 before and 18 in 15 s are 49.5, and pass under 50'],
  ['cloudflare-waf', '1/1s', '0 0 5000 10000', '+ -10000 -5000 +', 'the mitigation blocks for its time, and counts nothing'],
  ['shopify', '2/1s,burst=40', '0*40 0 500', '+ -500 +', 'the bucket of 40 leaks 2 a second'],
  ['aws-ec2', '20/1s,burst=100', '0*100 999 1000*20', '+ -1 +', 'tokens are added each second'],
  ['aws-api-gateway', '10000/1s,burst=5000', '0*5000 0*5000 500*5000', '+ -500 +', 'a bucket below the rate refills within the second'],
  ['github-rest', '60/1h', '600000*60 4199999 4200000', '+ -1 +', 'the hour begins with the first request'],
  ['doorman', '10/1s,burst=1', '0 0 100', '+ -100 +', 'spread evenly'],
  ['kong-advanced', '2/1s', '0 0 0 900 1000 1500', '+ + -1500 -766.667 -750 -500', 'refused hits count: who keeps on is blocked for good'],
])('%s at %s: %s is %s (%s)', (profile, limit, requests, answers) => {
  expect(decide(profile, limit, requests)).toBe(answers);
});
