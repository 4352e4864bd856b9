import { algorithms } from '../../algorithms/index.ts';
import { timelineChart } from '../../report/chart.ts';
import { labelOf, spellParams } from '../../report/rows.ts';
import { safeText } from '../../report/safe-text.ts';
import { verdictOf } from '../../report/verdict.ts';
import { counted } from '../../report/words.ts';
import { labelled } from '../../report/wrap.ts';
import { profileNamed } from '../../sim/profiles/as-algorithm.ts';
import type { AlgorithmResult, DeploymentFigures, RunResult } from '../../sim/result.ts';
import { formatCount } from '../../units.ts';
import { Lines } from './lines.tsx';
import { usePaint } from './paint-context.ts';

const lowestChart = 7;
const highestChart = 16;

interface DetailsProps {
  readonly row: AlgorithmResult;
  readonly result: RunResult;
  readonly width: number;
  readonly height: number;
}

/** One row in words, with a chart below where there is room for it. */
export function Details({ row, result, width, height }: DetailsProps) {
  const paint = usePaint();
  const lines = [paint.strong(labelOf(row)), ...detailLines(row, result, width)];
  const room = Math.min(height - lines.length - 1, highestChart);
  const chart =
    room < lowestChart
      ? []
      : ['', ...timelineChart(row.timeline, { width, height: room }, paint, row.deployment?.faults)];
  return <Lines lines={[...lines, ...chart]} height={height} />;
}

function detailLines(row: AlgorithmResult, result: RunResult, width: number): string[] {
  const known = algorithms.find(({ name }) => name === row.algorithm) ?? profileNamed(row.algorithm);
  const facts = [
    ['verdict', verdictOf(row, result)],
    ['params', spellParams(row.params)],
    ['topology', row.deployment && topologyWords(row.deployment)],
    ['cost', costWords(row)],
    ['idea', known?.idea],
    ['weakness', known?.weakness],
  ] as const;
  return facts.flatMap(([name, text]) => (text ? labelled(name, text, width) : []));
}

/** `central: nodes 4, round-robin; store_requests 600k, store_utilisation 0.02`. */
function topologyWords({ topology, nodes, balance, inside }: DeploymentFigures): string {
  const count = nodes.fewest === nodes.most ? `${nodes.most}` : `${nodes.fewest} to ${nodes.most}`;
  const figures = Object.entries(inside).map(
    ([name, value]) => `${name} ${formatCount(Number(value.toPrecision(3)))}`,
  );
  const happened = figures.length === 0 ? '' : `; ${figures.join(', ')}`;
  return safeText(`${topology}: nodes ${count}, ${balance}${happened}`);
}

function costWords({ memory, throughput }: AlgorithmResult): string {
  const state = `${counted(memory.bytes_per_key, 'byte')} a key, ${counted(memory.bytes, 'byte')} for ${counted(memory.keys, 'key')} at once`;
  return `${state}; ${formatCount(throughput.decisions_per_s)} decisions a second, measured here`;
}
