import { wantsAscii } from '../../report/ascii.ts';
import { paintWith, wantsColours } from '../../report/paint.ts';
import { renderText } from '../../report/text.ts';
import type { OnProgress } from '../../sim/progress.ts';
import type { RunResult } from '../../sim/result.ts';
import type { Io } from '../io.ts';
import { App } from './app.tsx';
import { ProgressFeed } from './progress.ts';
import { untilLeft } from './until-left.ts';

export interface ShowComparisonOptions {
  /** Starts the run; after the signal it answers soon, with what was finished. */
  readonly run: (onProgress: OnProgress, signal: AbortSignal) => Promise<RunResult>;
  /** Both must be terminals. */
  readonly stdout: Io['stdout'];
  readonly stdin: Io['stdin'];
  /** Asks from outside, as a signal to the process does, for what Ctrl-C asks for at the keyboard. */
  readonly signal?: AbortSignal;
  readonly env?: Io['env'];
}

/**
 * Runs a comparison on the screen: its progress, then the result for as long as the user looks at it. When the user
 * leaves, the Overview stays in the scrollback. A run that is interrupted gives back the terminal at once, so that a
 * further Ctrl-C ends the process, and answers with its partial result (`partial` is true; exit with 130).
 */
export async function showComparison(options: ShowComparisonOptions): Promise<RunResult> {
  const { run, stdout, signal, env = process.env } = options;
  const colours = wantsColours(env);
  const ascii = wantsAscii(env);
  const keyboard = new AbortController();
  const interrupted = signal ? AbortSignal.any([signal, keyboard.signal]) : keyboard.signal;
  const feed = new ProgressFeed();
  const running = run(feed.publish, interrupted);
  const app = { running, feed, onInterrupt: () => keyboard.abort(), interrupted, terminal: stdout };
  await untilLeft(<App {...app} paint={paintWith(colours)} />, options, ascii);
  if (interrupted.aborted) stdout.write('Stopping; what was finished follows.\n');
  const result = await running;
  stdout.write(renderText(result, { extent: 'overview', width: stdout.columns || 80, colours, ascii }));
  return result;
}
