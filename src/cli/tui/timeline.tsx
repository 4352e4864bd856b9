import { timelineChart } from '../../report/chart.ts';
import { labelOf } from '../../report/rows.ts';
import type { AlgorithmResult } from '../../sim/result.ts';
import { Lines } from './lines.tsx';
import { usePaint } from './paint-context.ts';

interface TimelineProps {
  readonly row: AlgorithmResult;
  readonly width: number;
  readonly height: number;
}

/** Offered and admitted requests of the chosen row over time, and when which fault was. */
export function Timeline({ row, width, height }: TimelineProps) {
  const paint = usePaint();
  const chart = timelineChart(row.timeline, { width, height: height - 1 }, paint, row.deployment?.faults);
  return <Lines lines={[paint.strong(labelOf(row)), ...chart]} height={height} />;
}
