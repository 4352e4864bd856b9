/** Requests a second over the run: what was offered, and what each row admitted of it. */
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { instant } from '../figures.ts';
import type { PlainTable } from '../plain-table.ts';
import { timeMarks } from '../time-axis.ts';
import { counted } from '../words.ts';
import { type Chart, colour, type TopLevelSpec, ticks } from './chart.ts';
import { facetBy, gridOf, type Panel, panelGrid, panelsOf, titled } from './panels.ts';

const pixelsPerLetter = 4.5;
const pixelsPerStep = 3;

/** Mean requests a second in steps of `joined` buckets. */
export function ratesOf(counts: readonly number[], bucketUs: number, joined: number): number[] {
  return Array.from({ length: Math.ceil(counts.length / joined) }, (_, at) => {
    const part = counts.slice(at * joined, (at + 1) * joined);
    return (part.reduce((sum, count) => sum + count, 0) / (part.length * bucketUs)) * 1e6;
  });
}

/** The steps that all panels share: rows may count in buckets of different lengths, and a queue admits longer. */
interface Clock {
  readonly stepUs: number;
  readonly steps: number;
}

/** At most about `most` steps, each a whole number of every row's buckets, of which one divides the other. */
function clockOf(rows: readonly AlgorithmResult[], most: number): Clock {
  const durationUs = Math.max(0, ...rows.map(({ timeline }) => lengthUs(timeline)));
  const longestUs = Math.max(1, ...rows.map(({ timeline }) => timeline.bucket_us));
  const stepUs = longestUs * Math.max(1, Math.ceil(durationUs / longestUs / most));
  return { stepUs, steps: Math.ceil(durationUs / stepUs) };
}

function lengthUs({ bucket_us, offered, admitted }: AlgorithmResult['timeline']): number {
  return bucket_us * Math.max(offered.length, admitted.length);
}

export function timelineChart({ results }: RunResult): Chart | undefined {
  const panels = panelsOf(results);
  if (results.every(({ timeline }) => lengthUs(timeline) === 0)) return undefined;
  const faults = panels.some((panel) => faultsOf(panel).length > 0);
  return {
    alt: `Requests a second over time, offered as an area and admitted as a line, in ${counted(panels.length, 'panel')}.`,
    caption: `Requests a second. Area: offered. Line: admitted.${faults ? ' Shaded: while a fault lasts.' : ''} Rows that decided alike share a panel; a limiter that delays may admit for longer than anything is offered.`,
    spec: (width) => timelineSpec(panels, width),
  };
}

function timelineSpec(untitled: readonly Panel[], width: number): TopLevelSpec {
  const { columns, panelWidth } = gridOf(width, width > 500 ? 2 : 1);
  const panels = titled(untitled, panelWidth);
  const clock = clockOf(
    panels.map(({ rows: [row] }) => row),
    panelWidth / pixelsPerStep,
  );
  const durationUs = clock.steps * clock.stepUs;
  const y = {
    type: 'quantitative',
    axis: { title: null, tickCount: 3, labelExpr: "format(datum.value, '~s')" },
  } as const;
  return {
    data: { values: panels.flatMap((panel) => [...lineOf(panel, clock), ...bandsOf(panel, durationUs)]) },
    facet: facetBy(panels),
    columns,
    ...panelGrid,
    spec: {
      width: panelWidth,
      height: 86,
      encoding: {
        x: {
          field: 'atUs',
          type: 'quantitative',
          scale: { domain: [0, durationUs], nice: false },
          axis: {
            title: null,
            grid: false,
            ...ticks(timeMarks(durationUs, panelWidth / pixelsPerLetter), instant),
          },
        },
      },
      layer: [
        {
          transform: [{ filter: 'datum.offered >= 0' }],
          mark: { type: 'area', interpolate: 'step-after', color: colour.offered },
          encoding: { y: { ...y, field: 'offered' } },
        },
        {
          transform: [{ filter: 'datum.untilUs > 0' }],
          mark: { type: 'rect', color: colour.contract, opacity: 0.25 },
          encoding: { x2: { field: 'untilUs' } },
        },
        {
          transform: [{ filter: 'datum.offered >= 0' }],
          mark: { type: 'line', interpolate: 'step-after', color: colour.main, strokeWidth: 1.5 },
          encoding: { y: { ...y, field: 'admitted' } },
        },
      ],
    },
  };
}

/** All rows that have any have the same ones. */
function faultsOf({ rows }: Panel) {
  return rows.find(({ deployment }) => deployment?.faults.length)?.deployment?.faults ?? [];
}

/** When faults lasted; what happens in an instant is as wide as a line. */
function bandsOf(panel: Panel, durationUs: number) {
  return faultsOf(panel).map(({ at_us: atUs, until_us: endUs, params }) => {
    const untilUs = endUs === null ? durationUs : 'for' in params ? endUs : atUs;
    return {
      title: panel.title,
      atUs,
      untilUs: Math.min(durationUs, Math.max(untilUs, atUs + durationUs / 400)),
    };
  });
}

/** The points of a row as long as it lasted, with one more where the last step ends. */
function lineOf(panel: Panel, clock: Clock) {
  const own = Math.ceil(lengthUs(panel.rows[0].timeline) / clock.stepUs);
  const points = pointsOf(panel, clock).slice(0, own);
  return points.concat(points.slice(-1).map((last) => ({ ...last, atUs: last.atUs + clock.stepUs })));
}

function pointsOf({ title, rows: [{ timeline }] }: Panel, { stepUs, steps }: Clock) {
  const joined = Math.round(stepUs / timeline.bucket_us);
  const offered = ratesOf(timeline.offered, timeline.bucket_us, joined);
  const admitted = ratesOf(timeline.admitted, timeline.bucket_us, joined);
  return Array.from({ length: steps }, (_, at) => ({
    title,
    atUs: at * stepUs,
    offered: offered[at] ?? 0,
    admitted: admitted[at] ?? 0,
  }));
}

const mostTableRows = 60;

/** The chart's figures: requests a second, offered and admitted, by steps of the run. */
export function timelineTable({ results }: RunResult): PlainTable {
  const clock = clockOf(results, mostTableRows);
  const panels = panelsOf(results);
  const series = panels.map((panel) => pointsOf(panel, clock));
  const spell = (rate: number) => formatCount(Number(rate.toPrecision(3)));
  return {
    head: ['from', 'offered', ...panels.map(({ title }) => title)],
    rows: (series.at(0) ?? []).map(({ atUs, offered }, at) => [
      instant(atUs),
      spell(offered),
      ...series.map((points) => spell(points[at].admitted)),
    ]),
  };
}
