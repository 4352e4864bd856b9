import { indentedJson } from '../../indented-json.ts';
import { renderModelChecks } from '../../report/calibration.ts';
import type { Calibration } from '../../sim/calibration.ts';
import { validateModel } from '../../sim/live/validate-model.ts';
import type { Store } from '../../stores/store.ts';
import { parsePeriod } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { calibrationPlan, measured } from './calibrate.run.ts';
import { readCalibration } from './calibration-file.ts';
import { flagged } from './flagged.ts';
import type { ValidateModelFlags } from './validate-model.ts';
import { withStore } from './with-store.ts';

export async function validate(address: string, flags: ValidateModelFlags, io: Io): Promise<ExitCode> {
  const seconds = Math.max(1, Math.round(flagged('--duration', flags.duration, parsePeriod) / 1e6));
  const saved = flags.calibration === undefined ? undefined : await readCalibration(flags.calibration);
  return withStore(address, 1, io, async (store, prefix) => {
    const calibration = saved ?? (await calibrated(store, prefix, flags, io));
    const checks = await validateModel({
      version,
      store,
      prefix,
      calibration,
      seconds,
      seed: 1,
      signal: io.signal,
      onLoad: (load) => flags.quiet || io.stderr.write(`load ${load * 100} % for ${seconds} s\n`),
    });
    const { server, rows } = calibration;
    const report = {
      server,
      algorithm: rows[0].algorithm,
      saturation_per_s: rows[0].saturation_per_s,
      checks,
    };
    await write(io.stdout, flags.json ? indentedJson(report) : renderModelChecks(report, textOptions(io)));
    return io.signal.aborted ? exitCode.interrupted : exitCode.done;
  });
}

async function calibrated(
  store: Store,
  prefix: string,
  flags: ValidateModelFlags,
  io: Io,
): Promise<Calibration> {
  const { algorithm: algorithms, limit } = flags;
  return measured(calibrationPlan({ algorithms, limit }), store, `${prefix}calibrate:`, flags, io);
}
