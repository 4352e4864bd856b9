/** What faults did to a deployment, in words. */
import type { AlgorithmResult, DeploymentFigures } from '../sim/result.ts';
import { formatCount, formatShare } from '../units.ts';
import { instant } from './figures.ts';
import type { RowTable } from './row-table.ts';
import { safeText } from './safe-text.ts';
import { counted } from './words.ts';

type Fault = DeploymentFigures['faults'][number];
type Outcomes = Fault['during'];

/** `store-outage 2:00 to 2:30`, `restart at 2:00`. */
function faultName({ fault, at_us, until_us, params }: Fault): string {
  if (!('for' in params)) return `${safeText(fault)} at ${instant(at_us)}`;
  return `${safeText(fault)} ${instant(at_us)} to ${until_us === null ? 'the end' : instant(until_us)}`;
}

/** For each fault a clause about a row: what it let through that it should not, and what it refused. */
export function faultClauses({ deployment }: AlgorithmResult): string[] {
  return (deployment?.faults ?? []).map((fault) => {
    const { before, during, after } = fault;
    const effect = effectOf(before, during, after);
    return `in the ${faultName(fault)}, ${effect ?? 'as before'}`;
  });
}

function effectOf(before: Outcomes, during: Outcomes, after: Outcomes): string | undefined {
  if (during.requests === 0) return 'no request came';
  const effects = [
    moved(before, during, 'over_admitted') &&
      `${counted(during.over_admitted, 'over-admission')} after ${formatCount(before.over_admitted)} in as long a time before`,
    moved(before, during, 'needless_rejected') &&
      `${formatShare(share(during, 'needless_rejected'))} refused needlessly after ${formatShare(share(before, 'needless_rejected'))}`,
    moved(before, after, 'over_admitted') &&
      `${counted(after.over_admitted, 'over-admission')} as long after it`,
  ].filter((effect) => typeof effect === 'string');
  return effects.length === 0 ? undefined : effects.join(', ');
}

/** Whether the share has changed by more than a hundredth of the requests. */
function moved(before: Outcomes, during: Outcomes, outcome: 'over_admitted' | 'needless_rejected'): boolean {
  return Math.abs(share(during, outcome) - share(before, outcome)) > 0.01;
}

function share(outcomes: Outcomes, outcome: 'admitted' | 'over_admitted' | 'needless_rejected'): number {
  return outcomes.requests === 0 ? 0 : outcomes[outcome] / outcomes.requests;
}

/** What the cells of a fault's table are of, and when. */
export const faultHeadings = (['admitted', 'over-admitted'] as const).flatMap((figure) =>
  (['before', 'during', 'after'] as const).map((span) => ({ figure, span })),
);

/** A table for each fault: what each row that had it admitted, before, during and after, all three equally long. */
export function faultTables(rows: readonly AlgorithmResult[]): RowTable[] {
  const first = rows.find(({ deployment }) => deployment)?.deployment;
  return (first?.faults ?? []).map((fault, at) => ({
    title: faultName(fault),
    head: faultHeadings.map(({ figure, span }) => `${figure} ${span}`),
    lines: rows.flatMap((row) => {
      const own = row.deployment?.faults[at];
      if (!own) return [];
      const spans = [own.before, own.during, own.after];
      const admitted = spans.map((span) =>
        span.requests === 0 ? '–' : formatShare(share(span, 'admitted')),
      );
      const over = spans.map(({ over_admitted }) => formatCount(over_admitted));
      return [{ row, cells: [...admitted, ...over] }];
    }),
  }));
}
