/** Which row to take, in words, from the figures alone. */
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { formatCount, formatDuration, formatShare } from '../units.ts';
import { bestClients } from './clients.ts';
import { labelOf, listed } from './rows.ts';
import { alike } from './twins.ts';
import { counted } from './words.ts';

/** Wrong decisions that one may trade for memory: this share of all. */
const nearlyAsAccurate = 0.01;

/** Sentences for "which one?"; none when there is nothing to choose from. */
export function recommendation({ results, partial, scenario }: RunResult): string[] {
  const rows = results.filter(({ requests, topology }) => requests > 0 && topology !== 'remote'); // a live target is not on offer
  if (rows.length < 2) return [];
  const caution = partial ? ['The run ended early; what follows is of the finished part.'] : [];
  if (rows.every(({ rejected, accuracy }) => rejected === 0 && accuracy.over_admitted === 0)) {
    return [...caution, 'This traffic never reached the limit, so it does not tell these rows apart.'];
  }
  if (alike(rows).length === 1) {
    return [...caution, `All rows decide alike on this traffic; ${leastMemory(rows)}`];
  }
  if (new Set(rows.map(({ clients }) => clients?.label)).size > 1) return [...caution, ...bestClients(rows)];
  const sentences = [
    mostAccurate(rows),
    nearlyAsGood(rows),
    safest(rows),
    smoothest(rows, scenario.limit.per),
  ];
  return [...caution, ...sentences.filter((sentence) => sentence !== undefined)];
}

function wrong({ accuracy }: AlgorithmResult): number {
  return accuracy.over_admitted + accuracy.needless_rejected;
}

/** The rows for which the figure is lowest. */
function lowest(
  rows: readonly AlgorithmResult[],
  figure: (row: AlgorithmResult) => number,
): AlgorithmResult[] {
  const least = Math.min(...rows.map(figure));
  return rows.filter((row) => figure(row) === least);
}

function names(rows: readonly AlgorithmResult[]): string {
  return listed(rows.map(labelOf));
}

const bytes = ({ memory }: AlgorithmResult) => memory.bytes_per_key;

function bytesWords(row: AlgorithmResult): string {
  return `${counted(bytes(row), 'byte')} a key`;
}

/** `least memory: gcra (8 bytes a key).` */
function leastMemory(rows: readonly AlgorithmResult[]): string {
  const cheapest = lowest(rows, bytes);
  return `least memory: ${names(cheapest)} (${bytesWords(cheapest[0])}).`;
}

/**
 * Rows that hold nothing back, or all where every row does: a queue buys its accuracy with delay. The way to a store is no
 * queue.
 */
function immediate(rows: readonly AlgorithmResult[]): readonly AlgorithmResult[] {
  const undelayed = rows.filter(({ latency, deployment }) => latency.max_us === 0 || deployment);
  return undelayed.length > 0 ? undelayed : rows;
}

function mostAccurate(rows: readonly AlgorithmResult[]): string {
  const best = lowest(lowest(immediate(rows), wrong), bytes);
  const [{ accuracy, requests }] = best;
  const mistakes =
    wrong(best[0]) === 0
      ? `no wrong decision in ${formatCount(requests)}`
      : `${formatShare(wrong(best[0]) / requests)} of the decisions wrong, ${counted(accuracy.over_admitted, 'over-admission')}`;
  const queues = rows.filter((row) => !immediate(rows).includes(row) && wrong(row) <= wrong(best[0]));
  const also =
    queues.length === 0 ? '' : `; ${names(queues)} no less, but for delays of up to ${longestDelay(queues)}`;
  return `Most accurate: ${names(best)} (${mistakes}, ${bytesWords(best[0])})${also}.`;
}

function nearlyAsGood(rows: readonly AlgorithmResult[]): string | undefined {
  const [best] = lowest(lowest(immediate(rows), wrong), bytes);
  const near = immediate(rows).filter((row) => wrong(row) - wrong(best) <= nearlyAsAccurate * row.requests);
  const cheapest = lowest(lowest(near, bytes), wrong);
  if (bytes(cheapest[0]) >= bytes(best)) return undefined;
  const share = formatShare(wrong(cheapest[0]) / cheapest[0].requests);
  return `Least memory within ${formatShare(nearlyAsAccurate)} of that: ${names(cheapest)} (${bytesWords(cheapest[0])}, ${share} wrong).`;
}

function longestDelay(rows: readonly AlgorithmResult[]): string {
  return formatDuration(Math.max(...rows.map(({ latency }) => latency.max_us)));
}

/** Only where the most accurate row is not among those that never over-admit. */
function safest(rows: readonly AlgorithmResult[]): string | undefined {
  const safe = rows.filter(({ accuracy }) => accuracy.over_admitted === 0);
  if (safe.length === 0) return 'Every row over-admits on this traffic.';
  if (lowest(rows, wrong).some((row) => safe.includes(row))) return undefined;
  const strict = lowest(safe, wrong);
  const share = formatShare(strict[0].accuracy.needless_rejected_ratio);
  return `Never over-admits and refuses least needlessly: ${names(strict)} (${share}).`;
}

/** Only where it makes a difference: half of what the next one lets through in a second, or less. */
function smoothest(rows: readonly AlgorithmResult[], per: string): string | undefined {
  const most = ({ burst }: AlgorithmResult) => burst.max_in_1s;
  const best = lowest(rows, most);
  const others = rows.filter((row) => !best.includes(row));
  if (others.length === 0 || Math.min(...others.map(most)) < 2 * most(best[0])) return undefined;
  const price = best[0].latency.max_us === 0 ? '' : `, for delays of up to ${longestDelay(best)}`;
  const whose = per === 'global' ? 'all together' : `a ${per}`;
  return `Smoothest: ${names(best)} (at most ${formatCount(most(best[0]))} of ${whose} in a second${price}).`;
}
