import type { RunResult } from '../../sim/result.ts';
import { burstChart } from '../charts/burst.ts';
import type { Chart, ChartOf } from '../charts/chart.ts';
import { draw } from '../charts/draw.ts';
import { errorChart } from '../charts/error.ts';
import { fairnessChart } from '../charts/fairness.ts';
import { latencyChart } from '../charts/latency.ts';
import { timelineChart } from '../charts/timeline.ts';

/** A chart drawn twice, since letters that are scaled down to a phone cannot be read. */
export interface DrawnChart {
  readonly alt: string;
  readonly caption: string;
  readonly wide: string;
  readonly narrow: string;
}

const charts = {
  timeline: timelineChart,
  error: errorChart,
  burst: burstChart,
  latency: latencyChart,
  fairness: fairnessChart,
} as const satisfies Record<string, ChartOf>;

export type ChartName = keyof typeof charts;
export type DrawnCharts = Readonly<Partial<Record<ChartName, DrawnChart>>>;

const widePixels = 976;
const narrowPixels = 328; // a phone of 360 without its margins

export async function drawCharts(result: RunResult): Promise<DrawnCharts> {
  const drawn: [string, DrawnChart][] = [];
  for (const [name, chartOf] of Object.entries(charts)) {
    const chart = chartOf(result);
    if (chart === undefined) continue;
    drawn.push([name, await drawTwice(chart)]);
  }
  return Object.fromEntries(drawn);
}

export async function drawTwice({ alt, caption, spec }: Chart): Promise<DrawnChart> {
  return { alt, caption, wide: await draw(spec(widePixels)), narrow: await draw(spec(narrowPixels)) };
}
