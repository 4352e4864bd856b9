/** What the decisions themselves tell of rate, burst, limit and windows, before any limiter is tried. */
import type { Observation, Observations } from './observations.ts';

export interface Clues {
  /** Units a second that pass while a client is being refused. */
  readonly unitsPerSecond: number;
  /** Units that a client got through before its first refusal: the most frequent numbers. */
  readonly atFirst: readonly number[];
  /** The same less what came in meanwhile at that rate: bursts. */
  readonly bursts: readonly number[];
  readonly spanUs: number;
}

const mostAlternatives = 3;

export function cluesOf(observations: Observations): Clues {
  const groups = observations.filter((group) => group.some(({ allowed }) => !allowed));
  const unitsPerSecond = refusedRate(groups);
  const starts = groups.map(firstRun);
  return {
    unitsPerSecond,
    atFirst: mostFrequent(starts.map(({ units }) => units)),
    bursts: mostFrequent(
      starts.map(({ units, spanUs }) => Math.max(1, Math.round(units - (unitsPerSecond * spanUs) / 1e6))),
    ),
    spanUs: Math.max(...observations.map((group) => group[group.length - 1].toUs)),
  };
}

/**
 * From one refusal to a later one the limiter was full at both ends, so that what it admitted between is what came in, but for
 * one unit, unless it was idle: the rate that is highest also without that unit is the sustained one.
 */
function refusedRate(groups: readonly (readonly Observation[])[]): number {
  let best = 0;
  let surest = 0;
  for (const group of groups) {
    let admitted = 0;
    const refusals: { readonly atUs: number; readonly admitted: number }[] = [];
    for (const { allowed, fromUs, cost } of group) {
      if (allowed) admitted += cost;
      else refusals.push({ atUs: fromUs, admitted });
    }
    const last = refusals.at(-1);
    const first = refusals[0];
    if (!last || last.atUs === first.atUs) continue;
    const half = refusals[Math.floor(refusals.length / 2)];
    for (const [from, to] of [
      [first, last],
      [first, half],
      [half, last],
    ]) {
      const [units, seconds] = [to.admitted - from.admitted, (to.atUs - from.atUs) / 1e6];
      if (seconds === 0 || units < 3 || (units - 1) / seconds <= surest) continue;
      surest = (units - 1) / seconds;
      best = units / seconds;
    }
  }
  return best;
}

function firstRun(group: readonly Observation[]): { units: number; spanUs: number } {
  const end = group.findIndex(({ allowed }) => !allowed);
  const units = group.slice(0, end).reduce((sum, { cost }) => sum + cost, 0);
  return { units, spanUs: group[end].fromUs - group[0].fromUs };
}

function mostFrequent(values: readonly number[]): number[] {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const ranked = [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return ranked.slice(0, mostAlternatives).map(([value]) => value);
}

/** Most units of one key in any trailing span. */
export function mostInSpan(observations: Observations, spanUs: number): number {
  let most = 0;
  for (const group of observations) {
    const admitted = group.filter(({ allowed }) => allowed);
    let units = 0;
    for (let first = 0, last = 0; last < admitted.length; last++) {
      units += admitted[last].cost;
      while (admitted[last].fromUs - admitted[first].fromUs >= spanUs) units -= admitted[first++].cost;
      most = Math.max(most, units);
    }
  }
  return most;
}

/**
 * Where in the period most windows may begin: between a refusal and the next admission of a key lies an edge, if there
 * are edges, and the instant of the period that lies in most of these gaps is the best guess. Times since `epochUs`.
 */
export function likelyEdgeUs(observations: Observations, periodUs: number, epochUs: number): number {
  const marks: { atUs: number; step: number }[] = [];
  for (const group of observations) {
    for (let at = 1; at < group.length; at++) {
      if (group[at - 1].allowed || !group[at].allowed) continue;
      const [fromUs, toUs] = [group[at - 1].fromUs + epochUs, group[at].toUs + epochUs];
      if (toUs - fromUs < periodUs) marks.push(...arc(fromUs % periodUs, toUs - fromUs, periodUs));
    }
  }
  marks.sort((a, b) => a.atUs - b.atUs || b.step - a.step);
  let covered = 0;
  let best = { covered: 0, fromUs: 0, toUs: 0 };
  for (const [at, { atUs, step }] of marks.entries()) {
    covered += step;
    if (covered > best.covered) best = { covered, fromUs: atUs, toUs: marks[at + 1]?.atUs ?? atUs };
  }
  return Math.round((best.fromUs + best.toUs) / 2) % periodUs;
}

/** A stretch on the circle of the period, cut where the circle begins. */
function arc(startUs: number, lengthUs: number, periodUs: number) {
  const endUs = startUs + lengthUs;
  const stretch = (fromUs: number, toUs: number) => [
    { atUs: fromUs, step: 1 },
    { atUs: toUs, step: -1 },
  ];
  return endUs <= periodUs
    ? stretch(startUs, endUs)
    : [...stretch(startUs, periodUs), ...stretch(0, endUs - periodUs)];
}
