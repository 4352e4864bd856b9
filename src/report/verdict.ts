/**
 * A row in plain words, from its figures alone, the most important first. It says what happened in this traffic, not
 * what the algorithm is known for.
 */
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { formatCount, formatDuration, formatShare } from '../units.ts';
import { clientClauses } from './clients.ts';
import { faultClauses } from './faults.ts';
import { instant, times } from './figures.ts';
import { likeOverRuns } from './over-runs.ts';
import { labelOf, listed } from './rows.ts';
import { twinsOf } from './twins.ts';
import { counted, periodName, windowOf } from './words.ts';

/** Advice kept less often than this is worth a word. */
const adviceKeptOften = 0.95;

/** The verdict of every row; of rows that decided alike, the first has it in full and the others point to it. */
export function verdictsOf(result: RunResult): { row: AlgorithmResult; verdict: string }[] {
  const { results } = result;
  return results.map((row, at) => {
    const first = twinsOf(row, results.slice(0, at)).at(0);
    return { row, verdict: first ? `decides exactly as ${labelOf(first)} does` : verdictOf(row, result) };
  });
}

/** One line, such as `never admits more than the contract allows; refuses 3.2 % needlessly`. */
export function verdictOf(row: AlgorithmResult, result: RunResult): string {
  if (row.requests === 0) return 'saw no request';
  const clauses =
    row.rejected === 0 && row.accuracy.over_admitted === 0
      ? ['admits everything, as the contract allows: this traffic never reached the limit', delay(row)]
      : [overAdmission(row, result), needless(row), delay(row), starvation(row), advice(row)];
  return [...clauses, ...clientClauses(row), outage(row), ...faultClauses(row), sameness(row, result)]
    .filter((clause) => clause !== undefined)
    .join('; ');
}

function sameness(row: AlgorithmResult, { results, runs }: RunResult): string | undefined {
  const twins = twinsOf(row, results);
  if (twins.length > 0) return `no real difference to ${listed(twins.map(labelOf))}: they decide alike`;
  const close = likeOverRuns(row, results);
  if (close.length === 0) return undefined;
  return `no real difference to ${listed(close.map(labelOf))}: over ${runs?.count} runs all their intervals overlap`;
}

function overAdmission(row: AlgorithmResult, result: RunResult): string {
  const { over_admitted, over_admitted_ratio } = row.accuracy;
  if (over_admitted === 0) {
    return row.admitted === 0 ? 'admits nothing' : 'never admits more than the contract allows';
  }
  const admits = row.rejected === 0 ? 'admits everything,' : 'admits';
  const count = `${counted(over_admitted, 'over-admission')} (${formatShare(over_admitted_ratio)} of the requests)`;
  const extent = extentOf(row, result);
  return extent === undefined ? `${admits} against the contract: ${count}` : `${admits} ${extent}: ${count}`;
}

/** How far the promise was exceeded at worst; in the contract's own measure. */
function extentOf(row: AlgorithmResult, { contract }: RunResult): string | undefined {
  const { worst_window_ratio: ratio, worst_window_at_us: atUs } = row.accuracy;
  if (contract.kind === 'bucket') {
    return `bursts of up to ${formatCount(row.burst.sigma)} where the contract has ${contract.burst}`;
  }
  if (ratio === null || ratio <= 1) return undefined;
  const windowUs = windowOf(contract);
  const units = contract.kind === 'all' ? '' : `${row.burst.max_in_window} of ${contract.limit}, `;
  const when = atUs === null ? '' : ` (worst: ${units}at ${instant(atUs)})`;
  const period = windowUs === undefined ? 'period' : periodName(windowUs);
  return `up to ${times(ratio)} the limit in a trailing ${period}${when}`;
}

function needless({ accuracy, rejected }: AlgorithmResult): string | undefined {
  if (rejected === 0) return undefined;
  if (accuracy.needless_rejected === 0) return 'refuses nothing needlessly';
  return `refuses ${formatShare(accuracy.needless_rejected_ratio)} needlessly`;
}

function delay({ latency, deployment }: AlgorithmResult): string | undefined {
  if (latency.max_us === 0) return undefined;
  if (latency.measured || deployment) return `decides within ${formatDuration(latency.p99_us)} (P99)`;
  return `holds requests back up to ${formatDuration(latency.max_us)}`;
}

/** What became of the requests that the store did not decide. */
function outage({ live }: AlgorithmResult): string | undefined {
  if (!live || live.without_store.requests === 0) return undefined;
  const { requests, admitted, over_admitted } = live.without_store;
  const kinds = Object.entries(live.errors).map(([kind, count]) => `${kind} ${formatCount(count)}`);
  const over = over_admitted === 0 ? '' : `, ${formatCount(over_admitted)} of them against the contract`;
  return `${counted(requests, 'request')} not decided by the store (${listed(kinds)}), of which the policy "${live.on_store_error}" admitted ${formatCount(admitted)}${over}`;
}

function starvation({ fairness }: AlgorithmResult): string | undefined {
  return fairness.starved_keys === 0 ? undefined : `starves ${counted(fairness.starved_keys, 'key')}`;
}

function advice({ retry_after }: AlgorithmResult): string | undefined {
  const { admitted_when_due_ratio: kept, late_p99_us: lateUs } = retry_after;
  if (kept === null || kept >= adviceKeptOften) return undefined;
  const late = lateUs ? `, else up to ${formatDuration(lateUs)} too early (P99)` : '';
  return `its retry advice holds for ${formatShare(kept)} of those who follow it${late}`;
}
