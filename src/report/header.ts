/** What was run, above the figures. */
import type { LiveFigures, RunResult, TrafficFigures } from '../sim/result.ts';
import { safeText } from './safe-text.ts';
import { contractWords, limitWords, trafficWords } from './words.ts';
import { labelled } from './wrap.ts';

export interface Fact {
  readonly name: string;
  readonly text: string;
  /** Copied from the traffic rather than written by this program. */
  readonly quoted?: boolean;
}

const shownBadLines = 3;

/** What was run; text from the traffic is made safe for a terminal. */
export function factsOf(result: RunResult): Fact[] {
  const { scenario, seed, contract, traffic, notes, partial, results } = result;
  const badLines = (traffic.malformed ?? []).slice(0, shownBadLines);
  return [
    ...(partial
      ? [{ name: 'PARTIAL', text: 'ended early: every figure speaks only of the requests until then' }]
      : []),
    { name: 'scenario', text: `${safeText(scenario.name)}, seed ${seed}` },
    { name: 'limit', text: limitWords(scenario) },
    { name: 'contract', text: contractWords(contract) },
    { name: 'traffic', text: trafficWords(traffic) },
    ...(results[0]?.live ? [{ name: 'store', text: storeWords(results[0].live) }] : []),
    ...(traffic.lines ? [{ name: 'lines', text: lineWords(traffic.lines) }] : []),
    ...badLines.map(({ at, reason, text }) => ({
      name: 'bad line',
      text: safeText(`${at}: ${reason}: ${text}`),
      quoted: true,
    })),
    ...notes.map((note) => ({ name: 'note', text: safeText(note) })),
  ];
}

export function headerLines(result: RunResult, width: number): string[] {
  return factsOf(result).flatMap(({ name, text }) => labelled(name, text, width));
}

/** `Redis 7.0.15, redis:embedded; logical time, at most 256 requests under way on 1 connection`. */
function storeWords({ server, time, speed, in_flight, connections }: LiveFigures): string {
  const clock = speed === null || speed === 1 ? `${time} time` : `${time} time at ${speed} times the speed`;
  const lines = connections === 1 ? '1 connection' : `${connections} connections`;
  return `${safeText(server)}; ${clock}, at most ${in_flight} requests under way on ${lines}`;
}

/** `48,203 read = 48,200 used + 3 skipped (bad time 2, blank 1)`. */
function lineWords({ read, used, skipped }: NonNullable<TrafficFigures['lines']>): string {
  const reasons = Object.entries(skipped).map(([reason, count]) => `${safeText(reason)} ${exact(count)}`);
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${exact(read)} read = ${exact(used)} used + ${exact(left)} skipped${why}`;
}

/** Lines are accounted for one by one, so their counts are not rounded. */
function exact(count: number): string {
  return count.toLocaleString('en');
}
