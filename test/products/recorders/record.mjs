// Sends arrivals that crowd where limiters err through a recorder, and writes what it decided as ../recorded/NAME.csv.
//   node record.mjs PROFILE "PRODUCT AND VERSION" COMMAND [ARGUMENTS]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const [profile, version, command, ...first] = process.argv.slice(2);
/** Gateways: each arrival is one request. */
const hasNoCosts = /^(nginx|haproxy|kong|envoy-local)/.test(profile);
const restUs = profile === 'haproxy' ? 60e6 : 3600e6;

/** Each with its limit, period, burst, and whether hours of idleness and edges of windows abound. */
const limits = [
  ['5/1s', 5, 1e6, 3],
  ['10/1s', 10, 1e6, 10],
  ['3/1s', 3, 1e6, 3],
  ['7/1s', 7, 1e6, 4],
  ['7/1m', 7, 60e6, 7],
  ['100/1m', 100, 60e6, 20],
  ['1/1s', 1, 1e6, 1],
  ['10/1s', 10, 1e6, 1, true],
  ['4/1m', 4, 60e6, 4, true],
  ['1000/3s', 1000, 3e6, 50, true],
  ['50/1h', 50, 3600e6, 5, true],
  ['3000/1s', 3000, 1e6, 3],
];

/** Whether the product has a word for the period; an hour of haproxy's clock is too many steps. */
function hasPeriod(periodUs) {
  if (profile.startsWith('spring')) return periodUs === 1e6;
  if (profile === 'haproxy') return periodUs <= 60e6;
  if (profile.startsWith('nginx')) return periodUs === 1e6 || periodUs === 60e6;
  return !/^(kong|envoy-global)/.test(profile) || periodUs !== 3e6;
}

/** mulberry32 */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Mostly soon, often together, sometimes at an edge of the period or of the emission interval, sometimes after a rest. */
function arrivals(seed, limit, periodUs, burst, extreme) {
  const draw = random(seed);
  const whole = (most) => Math.floor(draw() * (most + 1));
  const emissionUs = Math.ceil(periodUs / limit);
  const gap = () => {
    const gaps = [0, 0, 0, 1, whole(2000), whole(emissionUs)];
    gaps.push(emissionUs, emissionUs + whole(2) - 1, whole(3 * emissionUs));
    if (draw() < 0.06) return periodUs + whole(2) - 1;
    return draw() < 0.05 ? whole(4 * periodUs) : gaps[whole(gaps.length - 1)];
  };
  const rest = () => (extreme && draw() < 0.08 ? restUs + whole(4 * restUs) : 0);
  let us = 1_764_000_000_123_457;
  return Array.from({ length: 60 }, () => {
    us += gap() + rest();
    if (draw() < (extreme ? 0.3 : 0.08)) us = Math.ceil(us / periodUs) * periodUs + whole(1) * 1000; // an aligned edge
    const cost = hasNoCosts || draw() < 0.75 ? 1 : 1 + whole(extreme ? burst : Math.min(burst, 4));
    return `${us},${cost}`;
  });
}

const rows = limits.flatMap(([text, limit, periodUs, burst, extreme = false], seed) => {
  if (!hasPeriod(periodUs)) return [];
  const asked = arrivals(seed + 1, limit, periodUs, burst, extreme);
  const args = [...first, ...[limit, periodUs, burst].map(String)];
  const { stdout, stderr, status } = spawnSync(command, args, {
    input: `${asked.join('\n')}\n`,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const decided = stdout.trimEnd().split('\n');
  if (decided.length !== asked.length) throw new Error(`${decided.length} decisions: ${stderr}`);
  return asked.map((row, at) => `"${text},burst=${burst}",${row},${decided[at]}`);
});
const head = [`# ${version}`, 'limit,t_us,cost,allowed,remaining,retry_after_us,delay_us'];
writeFileSync(new URL(`../recorded/${profile}.csv`, import.meta.url), `${[...head, ...rows].join('\n')}\n`);
