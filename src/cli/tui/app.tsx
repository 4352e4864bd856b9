import { Box, useStdin } from 'ink';
import { useEffect, useState } from 'react';
import type { Paint } from '../../report/paint.ts';
import type { RunResult } from '../../sim/result.ts';
import { Comparison } from './comparison.tsx';
import { Keys } from './keys.tsx';
import { type Action, firstView, navigate } from './navigation.ts';
import { PaintContext } from './paint-context.ts';
import type { ProgressFeed } from './progress.ts';
import { Running } from './running.tsx';
import { useLeave } from './use-leave.ts';
import { useRun } from './use-run.ts';
import { type Terminal, useTerminalSize } from './use-terminal-size.ts';

interface AppProps {
  readonly running: Promise<RunResult>;
  readonly feed: ProgressFeed;
  /** Asked for before there is a result: the run is to end. */
  readonly onInterrupt: () => void;
  /** Aborted by `onInterrupt` or from outside: the screen is left at once. */
  readonly interrupted: AbortSignal;
  readonly paint: Paint;
  /** The real terminal. */
  readonly terminal: Terminal;
}

/** The whole screen, one line less than the terminal has, so that nothing ever scrolls. */
export function App({ running, feed, onInterrupt, interrupted, paint, terminal }: AppProps) {
  const { isRawModeSupported } = useStdin();
  const size = useTerminalSize(terminal);
  const leave = useLeave(interrupted);
  const result = useRun(running, leave);
  const [view, setView] = useState(firstView);

  useEffect(() => {
    if (result && !isRawModeSupported) leave(); // without a keyboard nobody could
  }, [result, isRawModeSupported, leave]);

  const onAction = (action: Action) => {
    if (action.kind === 'quit') {
      if (result) leave();
      else onInterrupt();
    } else if (result) {
      setView((before) => navigate(before, action, result.results));
    }
  };

  return (
    <PaintContext.Provider value={paint}>
      <Keys onAction={onAction} />
      <Box flexDirection="column" width={size.columns} height={size.rows - 1} overflow="hidden">
        {result ? <Comparison result={result} view={view} size={size} /> : <Running feed={feed} />}
      </Box>
    </PaintContext.Provider>
  );
}
