import { wantsColours } from '../report/paint.ts';
import type { Io } from './io.ts';

interface Wishes {
  readonly tui: boolean;
  readonly json?: true;
  readonly quiet?: true;
}

/** Whether a command may take the whole screen: two terminals, and nothing said against it. */
export function wantsTui({ tui, json, quiet }: Wishes, { stdin, stdout, env }: Io): boolean {
  const wanted = tui && !json && !quiet && !env.CI && wantsColours(env);
  return wanted && stdin.isTTY === true && stdout.isTTY === true;
}
