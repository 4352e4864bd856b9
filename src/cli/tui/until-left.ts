import { type Instance, render } from 'ink';
import type { ReactNode } from 'react';
import type { Io } from '../io.ts';
import { openScreen } from './screen.ts';

/** Shows the app on a screen of its own until it leaves. */
export async function untilLeft(
  app: ReactNode,
  { stdout, stdin }: Pick<Io, 'stdout' | 'stdin'>,
  ascii: boolean,
): Promise<void> {
  let ink: Instance | undefined;
  const terminal = stdout as NodeJS.WriteStream; // what a terminal's stream is, in node
  const screen = openScreen(terminal, ascii, () => ink?.unmount());
  try {
    const keyboard = stdin as NodeJS.ReadStream;
    ink = render(app, { stdout: screen.stdout, stdin: keyboard, exitOnCtrlC: false, patchConsole: false });
    await ink.waitUntilExit();
  } finally {
    screen.close();
  }
}
