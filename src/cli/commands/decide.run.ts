import { oneOf } from '../../did-you-mean.ts';
import { Interrupted, UsageError } from '../../errors.ts';
import { DecisionDesk } from '../../sim/decision-desk.ts';
import { findProfile } from '../../sim/profiles/index.ts';
import { findAlgorithm, parseParams, select } from '../../sim/selection.ts';
import { type Answers, CsvAnswers, JsonAnswers } from '../decide/answers.ts';
import { decideAll } from '../decide/decide-all.ts';
import { openFeed } from '../decide/input.ts';
import { KeyNumbers } from '../decide/key-numbers.ts';
import { Place } from '../decide/place.ts';
import { RequestReader } from '../decide/request-reader.ts';
import { type ExitCode, exitCode, type Io } from '../io.ts';
import type { DecideFlags } from './decide.ts';
import { flagged } from './flagged.ts';
import { rulesOf } from './limit-flags.ts';

/** Reads requests, decides each, and prints the decisions in order. */
export async function decide(file = '-', flags: DecideFlags, io: Io): Promise<ExitCode> {
  const selection = select(limiterOf(flags), parseParams(flags.param ?? []));
  const rules = rulesOf(flags);
  const desk = new DecisionDesk(selection, rules);
  const place = new Place(file === '-' ? 'standard input' : file);
  const reader = new RequestReader(place, {
    clampTime: flagged('--clock', flags.clock, parseClock) === 'monotone',
    needsDurations: findAlgorithm(selection.algorithm).needsDurations,
  });
  const stop = AbortSignal.any([io.signal, io.readerGone]);
  const keys = new KeyNumbers(rules.some(({ per }) => per === 'tenant'));
  const parts = { reader, keys, desk, answers: answersOf(flags, io), explains: flags.explain ?? false };
  try {
    const feed = await openFeed(file, place.file, io.stdin, stop);
    await decideAll({ ...parts, feed }, io.stdout, stop);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error; // what was decided is written
  }
  return io.signal.aborted ? exitCode.interrupted : exitCode.done;
}

function limiterOf({ algorithm, profile }: DecideFlags): string {
  if (algorithm !== undefined && profile === undefined) return algorithm;
  if (profile !== undefined && algorithm === undefined) return findProfile(profile).name;
  throw new UsageError('say what decides, with --algorithm NAME or with --profile NAME; one of them');
}

function parseClock(text: string) {
  return oneOf('rule', text, ['error', 'monotone']);
}

function answersOf({ json, explain }: DecideFlags, { stdout }: Io): Answers {
  const toTerminal = stdout.isTTY ?? false;
  return json ? new JsonAnswers(toTerminal) : new CsvAnswers(explain ?? false, toTerminal);
}
