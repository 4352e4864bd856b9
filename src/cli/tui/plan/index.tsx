import type { PlanResult } from '../../../plan/result.ts';
import { wantsAscii } from '../../../report/ascii.ts';
import { paintWith, wantsColours } from '../../../report/paint.ts';
import { renderPlanText } from '../../../report/plan/index.ts';
import { type Io, write } from '../../io.ts';
import { untilLeft } from '../until-left.ts';
import { PlanApp } from './app.tsx';

/** Shows a plan on the screen for as long as the user looks at it; then all of it stays in the scrollback, as text. */
export async function showPlan(result: PlanResult, io: Io): Promise<void> {
  const ascii = wantsAscii(io.env);
  const paint = paintWith(wantsColours(io.env));
  const terminal = io.stdout as NodeJS.WriteStream; // what a terminal's stream is, in node
  await untilLeft(<PlanApp {...{ result, paint, terminal }} interrupted={io.signal} />, io, ascii);
  await write(io.stdout, renderPlanText(result, { ascii }));
}
