/** What became of the work of clients, in words. */
import type { AlgorithmResult, ClientFigures } from '../sim/result.ts';
import { formatCount, formatDuration, formatShare } from '../units.ts';
import type { RowTable } from './row-table.ts';
import { labelOf, listed } from './rows.ts';
import { safeText } from './safe-text.ts';
import { counted } from './words.ts';

/** Attempts that cluster so many times more than the work they are made for come in herds. */
const herd = 3;
/** Work done that is this close to the most is as good. */
const nearly = 0.01;

/** `its clients get 99.1 % of their work done, 99 % of that within 1.02 s, in 48.4k attempts of which 6.4 % are refused`. */
export function clientClauses({ clients, deployment }: AlgorithmResult): string[] {
  if (!clients) return [];
  const isFaulty = (deployment?.faults ?? []).length > 0;
  return [done(clients), byClass(clients), clearing(clients, isFaulty), herding(clients)].filter(
    (clause) => clause !== undefined,
  );
}

function done({ goodput_ratio, time_to_done, attempts, retry_ratio }: ClientFigures): string {
  if (goodput_ratio === null) return 'its clients wanted nothing';
  const within = time_to_done === null ? '' : `, 99 % of that ${soon(time_to_done.p99_us)}`;
  const sent = `in ${counted(attempts, 'attempt')} of which ${formatShare(retry_ratio ?? 0)} are refused`;
  return `its clients get ${formatShare(goodput_ratio)} of their work done${within}, ${sent}`;
}

/** `critical 100 %, normal 62 %, background 1.2 %`. */
function byClass({ classes }: ClientFigures): string | undefined {
  if (!classes) return undefined;
  const parts = classes.map(
    ({ name, goodput_ratio }) =>
      `${safeText(name)} ${goodput_ratio === null ? 'nothing' : formatShare(goodput_ratio)}`,
  );
  return `by class ${listed(parts)}`;
}

/** The work done by each class as a table: a column for each. Undefined where clients have no classes. */
export function classTable(rows: readonly AlgorithmResult[]): RowTable | undefined {
  const first = rows.find(({ clients }) => clients?.classes)?.clients?.classes;
  if (!first) return undefined;
  return {
    title: 'Work done by class',
    head: first.map(({ name }) => safeText(name)),
    lines: rows.map((row) => ({
      row,
      cells: first.map((_, at) => {
        const done = row.clients?.classes?.[at]?.goodput_ratio ?? null;
        return done === null ? '–' : formatShare(done);
      }),
    })),
  };
}

function soon(us: number): string {
  return us === 0 ? 'at once' : `within ${formatDuration(us)}`;
}

function clearing(
  { time_to_clear_us: us, backlog_most }: ClientFigures,
  isFaulty: boolean,
): string | undefined {
  if (!isFaulty || backlog_most === 0) return undefined;
  if (us === null) return 'the backlog is not worked off after the fault';
  return `the backlog of up to ${formatCount(backlog_most)} is worked off ${formatDuration(us)} after the fault`;
}

function herding({ dispersion, dispersion_offered, most_in_100ms }: ClientFigures): string | undefined {
  if (dispersion === null || dispersion < herd * Math.max(1, dispersion_offered ?? 0)) return undefined;
  const most = `${formatCount(most_in_100ms)} in 100 ms`;
  return `they come back in herds (up to ${most}, dispersion ${formatCount(Number(dispersion.toPrecision(3)))})`;
}

/** Which clients to take, where rows have different ones; their limiters' mistakes are of different requests then. */
export function bestClients(rows: readonly AlgorithmResult[]): string[] {
  const known = rows.flatMap(({ clients, ...row }) =>
    clients && clients.goodput_ratio !== null
      ? [{ ...clients, name: labelOf({ ...row, clients }), goodput: clients.goodput_ratio }]
      : [],
  );
  if (known.length < 2) return [];
  const most = Math.max(...known.map(({ goodput }) => goodput));
  const good = known.filter(({ goodput }) => goodput >= most - nearly);
  const soonest = least(good, ({ time_to_done }) => time_to_done?.p99_us ?? Number.POSITIVE_INFINITY);
  const gentlest = least(good, ({ attempts }) => attempts);
  const p99 = soonest.time_to_done ? `, 99 % ${soon(soonest.time_to_done.p99_us)}` : '';
  return [
    `Work done soonest: ${soonest.name} (${formatShare(soonest.goodput)}${p99}).`,
    ...(gentlest === soonest
      ? []
      : [
          `As much within ${formatShare(nearly)} for the fewest attempts: ${gentlest.name} (${formatCount(gentlest.attempts)} against ${formatCount(soonest.attempts)}).`,
        ]),
  ];
}

/** The first for which the figure is lowest. */
function least<T>(all: readonly T[], figure: (one: T) => number): T {
  return all.reduce((best, one) => (figure(one) < figure(best) ? one : best));
}
