/** What accuracy costs: wrong decisions against the state that a key takes. */
import truncate from 'cli-truncate';
import stringWidth from 'string-width';
import type { AlgorithmResult, RunResult } from '../../sim/result.ts';
import { formatShare } from '../../units.ts';
import { labelOf } from '../rows.ts';
import { type Chart, colour, countTicks, type Layers, powers, type TopLevelSpec, ticks } from './chart.ts';

interface Point {
  readonly bytes: number;
  readonly wrong: number;
  readonly names: string;
}

function wrongRatio({ accuracy, requests }: AlgorithmResult): number {
  return requests === 0 ? 0 : Math.min(1, (accuracy.over_admitted + accuracy.needless_rejected) / requests);
}

export function errorChart({ results }: RunResult): Chart | undefined {
  const drawn = results.filter(({ memory }) => memory.bytes_per_key > 0); // a log axis has no place for zero
  if (drawn.length === 0) return undefined;
  return {
    alt: `Share of wrong decisions against bytes of state a key, of ${drawn.length} rows; the lower left is the best.`,
    caption:
      'Wrong decisions (over-admitted and needlessly rejected) as a share of all, against the state of one key on a logarithmic axis. The lower left is the best.',
    spec: (width) => errorSpec(pointsOf(drawn), width),
  };
}

/** One point for all rows that lie in the same place. */
function pointsOf(rows: readonly AlgorithmResult[]): Point[] {
  const places = new Map<string, Point>();
  for (const row of rows) {
    const [bytes, wrong] = [row.memory.bytes_per_key, wrongRatio(row)];
    const beside = places.get(`${bytes}/${wrong}`);
    const names = beside ? `${beside.names}, ${labelOf(row)}` : labelOf(row);
    places.set(`${bytes}/${wrong}`, { bytes, wrong, names });
  }
  return [...places.values()];
}

const wrongMarks = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];
const height = 280;

function errorSpec(points: readonly Point[], width: number): TopLevelSpec {
  const plotWidth = width - 48;
  const bytes = powers(
    2,
    points.map((point) => point.bytes),
  );
  const [from, to] = [bytes[0] / 1.2, bytes.at(-1)! * 1.2];
  const most = Math.max(0.01, ...points.map(({ wrong }) => wrong));
  const wrong = wrongMarks.slice(0, wrongMarks.findIndex((mark) => mark >= most) + 1);
  const top = wrong.at(-1)!;
  const named = placeNames(points, plotWidth, (point) => ({
    x: (Math.log(point.bytes / from) / Math.log(to / from)) * plotWidth,
    y: (1 - Math.sqrt(point.wrong / top)) * height,
  }));
  return {
    data: { values: named.map((name) => ({ ...name, nameAt: top * (1 - name.y / height) ** 2 })) },
    width: plotWidth,
    height,
    encoding: axes([from, to], bytes, wrong),
    layer: [
      { mark: { type: 'rule', color: colour.muted }, encoding: { y2: { field: 'nameAt' } } },
      { mark: { type: 'point', filled: true, color: colour.main, size: 60, opacity: 1 } },
      namesOn('left'),
      namesOn('right'),
    ],
  };
}

/** Bytes by powers of two; shares by their square root, which spreads the small ones. */
function axes(domain: number[], bytes: readonly number[], wrong: readonly number[]) {
  return {
    x: {
      field: 'bytes',
      type: 'quantitative' as const,
      scale: { type: 'log' as const, base: 2, domain, nice: false },
      axis: { title: 'bytes a key', ...countTicks(bytes) },
    },
    y: {
      field: 'wrong',
      type: 'quantitative' as const,
      scale: { type: 'sqrt' as const, domain: [0, wrong.at(-1)!] },
      axis: { title: null, labelOverlap: false, ...ticks(wrong, formatShare) },
    },
  };
}

/** The names whose left or right end is at their point. */
function namesOn(align: Align): Layers[number] {
  return {
    transform: [{ filter: { field: 'align', equal: align } }],
    mark: { type: 'text', align, dx: align === 'left' ? besidePoint : -besidePoint },
    encoding: { y: { field: 'nameAt', type: 'quantitative' }, text: { field: 'names' } },
  };
}

type Align = 'left' | 'right';

interface Box {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

const lineHeight = 14;
const pixelsPerLetter = 6.2;
const besidePoint = 8;

/** Names right of their points, or left where there is no room, moved up until they cover nothing; `y` in pixels. */
function placeNames(
  points: readonly Point[],
  width: number,
  pixelsOf: (point: Point) => { x: number; y: number },
) {
  const taken: Box[] = points.map(pixelsOf).map(({ x, y }) => ({ from: x - 5, to: x + 5, y }));
  const isCovered = ({ from, to, y }: Box) =>
    taken.some((box) => from < box.to && to > box.from && Math.abs(y - box.y) < lineHeight);
  return [...points]
    .sort((a, b) => a.wrong - b.wrong) // from the bottom up
    .map((point) => {
      const { x, y } = pixelsOf(point);
      const room = Math.max(width - x, x) - besidePoint;
      const names = truncate(point.names, Math.floor(room / pixelsPerLetter), { position: 'middle' });
      const length = stringWidth(names) * pixelsPerLetter;
      const align: Align = x + besidePoint + length > width ? 'right' : 'left';
      const from = align === 'left' ? x + besidePoint : x - besidePoint - length;
      let box: Box = { from, to: from + length, y };
      while (isCovered(box)) box = { ...box, y: box.y - 2 };
      taken.push(box);
      return { ...point, names, align, y: box.y };
    });
}
