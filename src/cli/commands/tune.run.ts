import { UsageError } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import { renderTune } from '../../report/tune-text.ts';
import { type Prepared, prepare } from '../../sim/prepare.ts';
import { refuseReadOnce } from '../../sim/read-again.ts';
import { findAlgorithm, type Selection } from '../../sim/selection.ts';
import { tuned } from '../../sim/tune/result.ts';
import { search } from '../../sim/tune/search.ts';
import { parseCap, parseGoal } from '../../sim/tune/wishes.ts';
import { parsePeriod } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { withProgress } from '../progress-line.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { flagged } from './flagged.ts';
import { compareOverrides, scenarioFor } from './overrides.ts';
import type { TuneFlags } from './tune.ts';

const secondUs = 1e6;

/** Ends with 1 when no limit meets goal and cap. */
export async function tune(name: string | undefined, flags: TuneFlags, io: Io): Promise<ExitCode> {
  const goal = flagged('--goal', flags.goal, parseGoal);
  const cap = flags.cap === undefined ? undefined : flagged('--cap', flags.cap, parseCap);
  const periodUs = flagged('--period', flags.period, parsePeriod);
  const loaded = await scenarioFor(name, flags);
  const overrides = compareOverrides(flags, loaded.scenario, io);
  await refuseReadOnce(loaded, overrides, 'tune: the traffic is read twice');
  const open = () => prepare(loaded, overrides);
  const first = await open();
  const spanUs = cap?.spanUs ?? secondUs;
  const selections = immediate(first, flags);
  const asked = { open: sourceOf(first, open), selections, periodUs, spanUs, signal: io.signal };
  const findings = await withProgress((onProgress) => search({ ...asked, onProgress }), flags, io);
  const result = tuned(findings, { goal, cap, periodUs, spanUs }, { version, scenario: loaded.name });
  const text = flags.json ? indentedJson(result) : renderTune(result, textOptions(io));
  await write(io.stdout, text);
  return result.choice ? exitCode.done : exitCode.checkFailed;
}

/** The traffic that is open already, and then the same again. */
function sourceOf(first: Prepared, open: () => Promise<Prepared>) {
  let opened: Prepared | undefined = first;
  return async () => {
    const { source } = opened ?? (await open());
    opened = undefined;
    return source;
  };
}

/** Those that answer at once: a queue admits later than it decides, and a limit of concurrency has no period. */
function immediate({ plan }: Prepared, { algorithms }: TuneFlags): readonly Selection[] {
  const unfit = ({ algorithm: name }: Selection) => {
    const { holdsBack, needsDurations } = findAlgorithm(name);
    return holdsBack || needsDurations;
  };
  const named = algorithms === undefined ? undefined : plan.selections.find(unfit);
  if (named) {
    throw new UsageError(
      `--algorithms: ${named.algorithm} cannot be tuned: it holds requests back or counts those in flight; leave it out`,
    );
  }
  return plan.selections.filter((selection) => !unfit(selection));
}
