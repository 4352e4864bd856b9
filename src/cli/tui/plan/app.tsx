import { Box } from 'ink';
import { useState } from 'react';
import type { PlanResult } from '../../../plan/result.ts';
import type { Paint } from '../../../report/paint.ts';
import { planChapters } from '../../../report/plan/sections.ts';
import { sectionLines } from '../../../report/plan/text.ts';
import { safeText } from '../../../report/safe-text.ts';
import { formatCount } from '../../../units.ts';
import { Bar } from '../bar.tsx';
import { Keys } from '../keys.tsx';
import { Lines } from '../lines.tsx';
import type { Action } from '../navigation.ts';
import { PaintContext } from '../paint-context.ts';
import { TabBar } from '../tab-bar.tsx';
import { useLeave } from '../use-leave.ts';
import { type Terminal, useTerminalSize } from '../use-terminal-size.ts';
import { firstPlace, moved, type Page } from './pages.ts';

interface PlanAppProps {
  readonly result: PlanResult;
  readonly paint: Paint;
  /** The real terminal. */
  readonly terminal: Terminal;
  /** Aborted from outside: the screen is left at once. */
  readonly interrupted: AbortSignal;
}

const aroundPage = 6; // the top line, the tabs with an empty line, the keys with another, and the one that the terminal keeps

/** A page for each chapter of a plan, to be scrolled. */
export function PlanApp({ result, paint, terminal, interrupted }: PlanAppProps) {
  const leave = useLeave(interrupted);
  const size = useTerminalSize(terminal);
  const [pages] = useState(() => pagesOf(result));
  const [place, setPlace] = useState(firstPlace);
  const room = Math.max(1, size.rows - aroundPage);
  const onAction = (action: Action) => {
    if (action.kind === 'quit') leave();
    else setPlace((before) => moved(before, action, pages, room));
  };
  const { name, lines } = pages[place.page];
  const shown = lines.slice(place.top, place.top + room);
  return (
    <PaintContext.Provider value={paint}>
      <Keys onAction={onAction} />
      <Box flexDirection="column" width={size.columns} height={size.rows - 1} overflow="hidden">
        <Bar left={paint.strong(title(result))} right="" />
        <TabBar tabs={pages.map((page) => page.name)} tab={name} />
        <Lines lines={['', ...shown]} height={room + 1} />
        <Box flexGrow={1} />
        <Bar
          left={paint.faint('←→ tab  ↑↓ PgUp PgDn scroll  q quit')}
          right={paint.faint(`${place.top + 1}–${place.top + shown.length} of ${lines.length}`)}
        />
      </Box>
    </PaintContext.Provider>
  );
}

function pagesOf(result: PlanResult): Page[] {
  return planChapters(result).map(({ name, sections }) => ({
    name,
    lines: sections.flatMap((section, at) => [...(at > 0 ? [''] : []), ...sectionLines(section)]),
  }));
}

function title({ asked }: PlanResult): string {
  const traffic = `${formatCount(asked.rate_per_s)}/s of ${formatCount(asked.keys)} keys`;
  return ['ratelimit plan', safeText(asked.limit), traffic].join(' · ');
}
