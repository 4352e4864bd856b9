import { Box } from 'ink';
import { markSigns } from '../../report/marks.ts';
import { safeText } from '../../report/safe-text.ts';
import { limitSpelling } from '../../report/words.ts';
import type { RunResult } from '../../sim/result.ts';
import { formatCount, formatDuration } from '../../units.ts';
import { Bar } from './bar.tsx';
import { Body } from './body.tsx';
import { orderOf, type View } from './navigation.ts';
import { usePaint } from './paint-context.ts';
import type { TerminalSize } from './use-terminal-size.ts';

interface ComparisonProps {
  readonly result: RunResult;
  readonly view: View;
  readonly size: TerminalSize;
}

const aroundBody = 3; // the top line, the keys, and the line that the terminal keeps

/** The finished comparison: what was run, the open tab or what lies over it, and the keys. */
export function Comparison({ result, view, size }: ComparisonProps) {
  const paint = usePaint();
  return (
    <>
      <Bar left={paint.strong(title(result))} right={`${markSigns.best} best ${markSigns.worst} worst`} />
      <Body result={result} view={view} width={size.columns} height={size.rows - aroundBody} />
      <Box flexGrow={1} />
      <Bar left={paint.faint(keysOf(view))} right={paint.faint(position(view, result))} />
    </>
  );
}

function title({ scenario, traffic, partial }: RunResult): string {
  const size = `${formatCount(traffic.requests)} requests in ${formatDuration(traffic.duration_us)}`;
  const parts = [partial ? 'PARTIAL' : 'ratelimit', safeText(scenario.name), limitSpelling(scenario), size];
  return parts.join(' · ');
}

function keysOf({ over }: View): string {
  if (over === 'help') return 'Esc back  q quit';
  if (over === 'details') return '↑↓ row  Esc back  ? help  q quit';
  return '←→ tab  ↑↓ row  Enter details  s sort  ? help  q quit';
}

/** Where the cursor is. */
function position(view: View, { results }: RunResult): string {
  return results.length === 0
    ? ''
    : `${orderOf(view, results).indexOf(view.chosen) + 1} of ${results.length}`;
}
