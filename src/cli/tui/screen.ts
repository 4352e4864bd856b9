/** The terminal's alternate screen: taken for as long as the program shows itself, and given back whatever happens. */
import { onExit } from 'signal-exit';
import { toAscii } from '../../report/ascii.ts';

const enter = '\u001b[?1049h\u001b[H';
const leave = '\u001b[?1049l';
const clear = '\u001b[2J\u001b[H';

export interface Screen {
  /** What Ink writes to. */
  readonly stdout: NodeJS.WriteStream;
  /** Gives the terminal back; safe to call again. */
  close(): void;
}

/**
 * Opens the alternate screen. It is closed by `close`, and also when the process ends by a signal, by an exception or by
 * `process.exit`; `beforeClose` runs first, so that what is still drawing stops before the old screen is back.
 */
export function openScreen(stdout: NodeJS.WriteStream, ascii: boolean, beforeClose: () => void): Screen {
  // Before Ink's own listener, which draws the lines anew: what a smaller or larger terminal made of the old ones goes.
  const onResize = () => stdout.write(clear);
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    beforeClose();
    forgetExit();
    process.off('uncaughtExceptionMonitor', close);
    stdout.off('resize', onResize);
    stdout.write(leave);
  };
  const forgetExit = onExit(close);
  process.on('uncaughtExceptionMonitor', close); // before node prints the exception, which is to stay readable
  stdout.on('resize', onResize);
  stdout.write(enter);
  return { stdout: viewOf(stdout, ascii), close };
}

/**
 * The terminal as Ink sees it. It has no height, because Ink clears the scrollback, which is the user's, as soon as its
 * output is as high as the terminal; and it writes ASCII where the terminal knows nothing else.
 */
function viewOf(stdout: NodeJS.WriteStream, ascii: boolean): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'rows') return Number.POSITIVE_INFINITY;
      if (name === 'write' && ascii) {
        return (text: string, ...rest: (() => void)[]) => target.write(toAscii(text), ...rest);
      }
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
