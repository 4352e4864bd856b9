/** What a search for limits found, for a terminal. */
import { spellSelection } from '../sim/selection.ts';
import type { TunedLimit, TuneResult } from '../sim/tune/result.ts';
import { formatCount, formatDuration, formatShare } from '../units.ts';
import { aligned } from './aligned.ts';
import { textOf } from './blocks.ts';
import { labelOf } from './rows.ts';
import { safeText } from './safe-text.ts';
import type { TextOptions } from './text.ts';
import { counted, periodName } from './words.ts';
import { hanging, labelled } from './wrap.ts';

/** Rows of the front that are shown; the JSON has all. */
const mostRows = 16;
const width = 80;

export function renderTune(result: TuneResult, { ascii = false }: Pick<TextOptions, 'ascii'> = {}): string {
  const blocks = [headerLines(result), demandLines(result), frontLines(result), choiceLines(result)];
  return textOf(blocks, ascii);
}

function headerLines({ scenario, traffic, goal, cap, candidates, notes }: TuneResult): string[] {
  const { requests, clients, duration_us } = traffic;
  const asked = `${counted(requests, 'request')} of ${counted(clients, 'client')} in ${formatDuration(duration_us)}`;
  const facts = [
    ['scenario', safeText(scenario)],
    ['traffic', asked],
    ['goal', goal],
    ...(cap
      ? [['cap', `at most ${formatCount(cap.units)} of all clients in any ${periodName(cap.span_us)}`]]
      : []),
    ['tried', counted(candidates, 'limit')],
    ...notes.map((note) => ['note', safeText(note)]),
  ];
  return facts.flatMap(([name, text]) => labelled(name, text, width));
}

function demandLines({ demand, period_us }: TuneResult): string[] {
  const { p50, p75, p90, p95, p99, p999, max } = demand;
  const columns = Object.entries({
    P50: p50,
    P75: p75,
    P90: p90,
    P95: p95,
    P99: p99,
    'P99.9': p999,
    most: max,
  });
  const cells = columns.map(([name, units]) => [name, formatCount(units)]);
  const line = (at: 0 | 1) => cells.map((cell) => cell[at].padStart(8)).join('');
  return [`DEMAND: most units of a client in any ${periodName(period_us)}`, line(0), line(1)];
}

function frontLines({ front, choice, span_us }: TuneResult): string[] {
  const shown = thinned(front, choice);
  const heading = ['limit', 'algorithm', 'requests refused', 'clients refused', 'peak'];
  const rows = shown.map((row) => [
    row.limit,
    labelOf(row),
    formatShare(row.refused_requests_ratio),
    formatShare(row.refused_clients_ratio),
    formatCount(row.peak_admitted),
  ]);
  const [head, ...lines] = aligned([heading, ...rows], 2);
  const title = `PARETO FRONT: fewer refused against a lower peak, of all clients in any ${periodName(span_us)}`;
  const left = front.length - shown.filter((row) => front.includes(row)).length;
  return [
    title,
    head,
    ...lines.map((line, at) => line + (shown[at] === choice ? '  < choice' : '')),
    ...(left > 0 ? [`(${left} more between these; --json has all)`] : []),
  ];
}

/** Both ends and as many between them as there is room for, evenly; the choice is always there. */
function thinned(front: readonly TunedLimit[], choice: TunedLimit | null): TunedLimit[] {
  const places = Array.from({ length: mostRows }, (_, at) =>
    Math.round((at * (front.length - 1)) / (mostRows - 1)),
  );
  const kept = new Set(front.length <= mostRows ? front : places.map((at) => front[at]));
  if (choice) kept.add(choice);
  return [...kept].sort((a, b) => a.peak_admitted - b.peak_admitted);
}

function choiceLines({ choice, goal, meeting_goal, meeting_cap }: TuneResult): string[] {
  if (choice)
    return [
      'CHOICE',
      ...hanging(
        `--limit ${choice.limit} --algorithms ${safeText(spellSelection(choice))}: ${effect(choice)}.`,
        width,
        2,
      ),
    ];
  const lines = [
    meeting_goal
      ? `Nothing meets both. The goal alone: ${named(meeting_goal)}: ${effect(meeting_goal)}.`
      : `Nothing meets the goal (${goal}).`,
    ...(meeting_cap ? [`The cap alone: ${named(meeting_cap)}: ${effect(meeting_cap)}.`] : []),
  ];
  return ['CHOICE', ...lines.flatMap((line) => hanging(line, width, 2))];
}

function named({ limit, ...row }: TunedLimit): string {
  return `${limit} by ${labelOf(row)}`;
}

function effect(row: TunedLimit): string {
  const { refused_requests_ratio, refused_clients_ratio, refused_clients, peak_admitted, bytes_per_key } =
    row;
  const clients = `${formatShare(refused_clients_ratio)} of the clients (${formatCount(refused_clients)})`;
  return `refuses ${formatShare(refused_requests_ratio)} of the requests and ${clients}, admits ${formatCount(peak_admitted)} at its peak, ${formatCount(bytes_per_key)} bytes a key`;
}
