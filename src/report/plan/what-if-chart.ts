/** What moves along an axis of a what-if: a panel for each row, or for all that move alike. */
import type { WhatIf, WhatIfRow } from '../../plan/what-if/result.ts';
import { selectionName } from '../../sim/selection.ts';
import { type Chart, colour, type TopLevelSpec, ticks } from '../charts/chart.ts';
import { facetBy, gridOf, inLines, panelGrid } from '../charts/panels.ts';
import { counted } from '../words.ts';

/** What is drawn, and how its values are written. */
export interface Drawn {
  readonly title: string;
  /** Null where there is none; a log axis has no place for zero either. */
  readonly value: (row: WhatIfRow) => number | null;
  readonly format: (value: number) => string;
  /** From the one below all values to the one above. */
  readonly marks: (values: readonly number[]) => readonly number[];
  readonly axisName: string;
  readonly formatAt: (at: number) => string;
}

interface Point {
  /** Of its panel. */
  readonly title: string;
  readonly at: number;
  readonly value: number;
}

export function whatIfChart(whatIf: WhatIf, drawn: Drawn): Chart | undefined {
  const panels = panelsOf(whatIf, drawn);
  if (panels.length === 0) return undefined;
  const { title, axisName } = drawn;
  return {
    alt: `What if: ${title}, against the ${axisName}, in ${counted(panels.length, 'panel')}, one for rows that move alike.`,
    caption: `Both axes are logarithmic. Dashed: what was asked for. A line ends where nothing fits.`,
    spec: (width) => panelSpec(whatIf, panels, drawn, width),
  };
}

interface PanelOfRows {
  readonly names: readonly string[];
  readonly points: readonly Omit<Point, 'title'>[];
}

function panelsOf({ points }: WhatIf, { value }: Drawn): PanelOfRows[] {
  const panels = new Map<string, PanelOfRows>();
  points[0].rows.forEach((row, index) => {
    const line = points
      .map(({ at, rows }) => ({ at, value: value(rows[index]) }))
      .filter((point): point is { at: number; value: number } => !!point.value);
    const key = JSON.stringify(line);
    panels.set(key, { names: [...(panels.get(key)?.names ?? []), selectionName(row)], points: line });
  });
  return [...panels.values()].filter((panel) => panel.points.length > 0);
}

function panelSpec(
  { asked, points }: WhatIf,
  rows: readonly PanelOfRows[],
  drawn: Drawn,
  width: number,
): TopLevelSpec {
  const { columns, panelWidth } = gridOf(width - 20, width > 500 ? 3 : 1);
  const panels = rows.map(({ names, points: line }) => {
    const title = inLines(names.join(' · '), panelWidth);
    return line.map((point): Point => ({ title, ...point }));
  });
  const [from, to] = [points[0].at, points[points.length - 1].at];
  const marks = drawn.marks(panels.flat().map(({ value }) => value));
  return {
    data: { values: panels.flat() },
    facet: facetBy(panels.map(([first]) => first)),
    columns,
    ...panelGrid,
    spec: {
      width: panelWidth,
      height: 120,
      encoding: {
        x: {
          field: 'at',
          type: 'quantitative',
          scale: { type: 'log', domain: [from, to], nice: false },
          axis: { title: null, grid: false, ...ticks([from, asked, to], drawn.formatAt) },
        },
      },
      layer: [
        {
          data: { values: [{ asked }] }, // once, and not for each point
          mark: { type: 'rule', color: colour.contract, strokeDash: [4, 3] },
          encoding: { x: { field: 'asked', type: 'quantitative' } },
        },
        {
          mark: {
            type: 'line',
            color: colour.main,
            strokeWidth: 1.5,
            point: { color: colour.main, size: 14 },
          },
          encoding: {
            y: {
              field: 'value',
              type: 'quantitative',
              scale: { type: 'log', domain: [marks[0], marks.at(-1)!], nice: false },
              axis: { title: null, ...ticks(marks, drawn.format) },
            },
          },
        },
      ],
    },
  };
}
