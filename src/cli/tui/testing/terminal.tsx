/** A terminal for tests: frames come without colours, so they can be read in golden files. */
import { EventEmitter } from 'node:events';
import { render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { paintWith } from '../../../report/paint.ts';
import type { RunResult } from '../../../sim/result.ts';
import { App } from '../app.tsx';
import { ProgressFeed } from '../progress.ts';

export const key = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  tab: '\t',
  shiftTab: '\u001b[Z',
  enter: '\r',
  escape: '\u001b',
  end: '\u001b[F',
  ctrlC: '\u0003',
} as const;

class FakeTerminal extends EventEmitter {
  constructor(
    public columns: number,
    public rows: number,
  ) {
    super();
  }
}

/** Something on a terminal of the given size; `settle` gives React its turn. */
export function openOn(appFor: (terminal: FakeTerminal) => ReactElement, columns = 80, rows = 24) {
  const terminal = new FakeTerminal(columns, rows);
  const app = appFor(terminal);
  const instance = render(app);
  // Ink lays out for the width of its own stream, which the testing library fixes at 100.
  Object.defineProperty(instance.stdout, 'columns', { get: () => terminal.columns });
  instance.rerender(app);
  return {
    frame: () => instance.lastFrame() ?? '',
    lines: () => (instance.lastFrame() ?? '').split('\n'),
    /** Types as soon as a frame shows the cue, before React has done what it puts off until after the frame. */
    pressAt(cue: string, input: string) {
      const write = instance.stdout.write;
      instance.stdout.write = (frame: string) => {
        write(frame);
        if (!frame.includes(cue)) return;
        instance.stdout.write = write;
        queueMicrotask(() => instance.stdin.write(input));
      };
    },
    async press(...inputs: string[]) {
      for (const input of inputs) {
        instance.stdin.write(input);
        await settle();
      }
    },
    async resize(columns: number, rows: number) {
      Object.assign(terminal, { columns, rows });
      terminal.emit('resize');
      await settle();
    },
  };
}

/** The app of a comparison. */
export function openApp(running: Promise<RunResult>, columns = 80, rows = 24) {
  const feed = new ProgressFeed();
  const interruption = new AbortController();
  const opened = openOn(
    (terminal) => (
      <App
        running={running}
        feed={feed}
        interrupted={interruption.signal}
        onInterrupt={() => interruption.abort()}
        paint={paintWith(false)}
        terminal={terminal}
      />
    ),
    columns,
    rows,
  );
  return { ...opened, feed, interrupted: interruption.signal };
}

/** The same with the result already there. */
export async function openResult(result: RunResult, columns = 80, rows = 24) {
  const app = openApp(Promise.resolve(result), columns, rows);
  await settle();
  return app;
}

/** Lets promises, effects and renders that are due happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}
