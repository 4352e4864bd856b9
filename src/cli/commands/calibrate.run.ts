import { Interrupted } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import { renderCalibration } from '../../report/calibration.ts';
import type { Calibration } from '../../sim/calibration.ts';
import { contractOf } from '../../sim/contract.ts';
import { calibrate, fullEffort } from '../../sim/live/calibrate.ts';
import type { ComparisonPlan } from '../../sim/plan.ts';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections, plainSelections, selectionName } from '../../sim/selection.ts';
import { wallClockDate } from '../../sim/wall-clock.ts';
import type { Store } from '../../stores/store.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openText } from '../output.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import type { CalibrateFlags } from './calibrate.ts';
import { flagged } from './flagged.ts';
import { withStore } from './with-store.ts';

export async function calibrateStore(address: string, flags: CalibrateFlags, io: Io): Promise<ExitCode> {
  const plan = calibrationPlan(flags);
  const output = await openText(flags.output);
  const calibration = await withStore(address, 1, io, (store, prefix) =>
    measured(plan, store, prefix, flags, io),
  );
  const text = indentedJson(calibration);
  await output.write(text);
  await write(io.stdout, flags.json ? text : renderCalibration(calibration, textOptions(io)));
  return exitCode.done;
}

/** What is to be measured, as a comparison without traffic. */
export function calibrationPlan({
  limit,
  algorithms,
}: Pick<CalibrateFlags, 'limit' | 'algorithms'>): ComparisonPlan {
  const rules = flagged('--limit', limit, parseRules);
  return {
    rules,
    contracts: rules.map(contractOf),
    selections:
      algorithms === undefined ? plainSelections() : flagged('--algorithms', algorithms, parseSelections),
    context: { epochUs: 0 },
    tenants: [],
  };
}

export async function measured(
  plan: ComparisonPlan,
  store: Store,
  prefix: string,
  { limit, quiet }: Pick<CalibrateFlags, 'limit' | 'quiet'>,
  io: Io,
): Promise<Calibration> {
  const tell = (name: string) => quiet || io.stderr.write(`measuring ${name}\n`);
  const figures = await calibrate(
    plan,
    store,
    prefix,
    fullEffort,
    (row) => tell(selectionName(row)),
    io.signal,
  );
  if (io.signal.aborted) throw new Interrupted('interrupted'); // half a calibration would be taken for a whole one
  const head = { version, server: store.title, measured_at: wallClockDate(), limit };
  return { schema: 'ratelimit.calibration/1', ...head, ...figures };
}
