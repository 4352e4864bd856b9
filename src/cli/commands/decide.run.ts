import { UsageError } from '../../errors.ts';
import { safeText } from '../../report/safe-text.ts';
import { type Decided, DecisionDesk, type Request } from '../../sim/decision-desk.ts';
import { findProfile } from '../../sim/profiles/index.ts';
import { findAlgorithm, parseParams, select } from '../../sim/selection.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import type { DecideFlags } from './decide.ts';
import { rulesOf } from './limit-flags.ts';
import { openInput, requests } from './request-input.ts';
import { RequestRows } from './request-rows.ts';

const flushAtCharacters = 1 << 16;

/** Reads requests, decides each, and prints the decisions in order. */
export async function decide(file: string | undefined, flags: DecideFlags, io: Io): Promise<ExitCode> {
  const selection = select(limiterOf(flags), parseParams(flags.param ?? []));
  const desk = new DecisionDesk(selection, rulesOf(flags));
  const rows = new RequestRows(file === undefined || file === '-' ? 'standard input' : file, {
    clampTime: clampsTime(flags),
    needsDurations: findAlgorithm(selection.algorithm).needsDurations,
  });
  const input = await openInput(file, io);
  await print(requests(input, rows, AbortSignal.any([io.signal, io.readerGone])), desk, flags, io);
  return io.signal.aborted ? exitCode.interrupted : exitCode.done;
}

function limiterOf({ algorithm, profile }: DecideFlags): string {
  if (algorithm !== undefined && profile === undefined) return algorithm;
  if (profile !== undefined && algorithm === undefined) return findProfile(profile).name;
  throw new UsageError('say what decides, with --algorithm NAME or with --profile NAME; one of them');
}

async function print(
  asked: AsyncIterable<Request>,
  desk: DecisionDesk,
  { json, explain: explains }: DecideFlags,
  io: Io,
): Promise<void> {
  const explain = explains ?? false;
  const line = json ? jsonLine : csvLine;
  const shown = io.stdout.isTTY ? safeText : (text: string) => text; // a key is data, not a command to the terminal
  let text = json ? '' : `${columns(explain)}\n`;
  try {
    for await (const request of asked) {
      text += `${shown(line(desk.decide(request, explain)))}\n`;
      if (text.length < flushAtCharacters) continue;
      await write(io.stdout, text);
      text = '';
    }
  } finally {
    await write(io.stdout, text); // also what was decided before a bad row
  }
}

function clampsTime({ clock }: DecideFlags): boolean {
  if (clock === 'error' || clock === 'monotone') return clock === 'monotone';
  throw new UsageError(`--clock: "${clock}" is not a rule; use error or monotone`);
}

function columns(explain: boolean): string {
  return `t_us,key,cost,allowed,remaining,retry_after_us,delay_us${explain ? ',state_before,state_after' : ''}`;
}

function csvLine({ request, allowed, remaining, retryAfterUs, delayUs, before, after }: Decided): string {
  const figures = `${request.cost},${allowed ? 1 : 0},${remaining},${retryAfterUs},${delayUs}`;
  const states = before === undefined ? '' : `,${quoted(before)},${quoted(after ?? '')}`;
  return `${request.timeUs},${quoted(request.key)},${figures}${states}`;
}

function jsonLine({ request, allowed, remaining, retryAfterUs, delayUs, before, after }: Decided): string {
  return JSON.stringify({
    t_us: request.timeUs,
    key: request.key,
    cost: request.cost,
    allowed,
    remaining,
    retry_after_us: retryAfterUs,
    delay_us: delayUs,
    ...(before !== undefined && { state_before: before, state_after: after }),
  });
}

/** RFC 4180: quotes only where the text needs them. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
