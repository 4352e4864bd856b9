import type { UsDistribution } from './meters/quantiles.ts';
import type { LatencyFigures } from './result.ts';

/** Quantiles as results have them; null when nothing was recorded. */
export function latencyFigures(distribution: UsDistribution): LatencyFigures | null {
  const quantiles = distribution.quantiles();
  if (!quantiles) return null;
  const { p50Us, p90Us, p99Us, p999Us, maxUs } = quantiles;
  return { p50_us: p50Us, p90_us: p90Us, p99_us: p99Us, p999_us: p999Us, max_us: maxUs };
}

/** Of a row that admitted nothing, which therefore delayed nothing. */
export const noLatency: LatencyFigures = { p50_us: 0, p90_us: 0, p99_us: 0, p999_us: 0, max_us: 0 };
