import { readFile } from 'node:fs/promises';
import { UsageError, whyUnread } from '../../errors.ts';
import { type Calibration, parseCalibration } from '../../sim/calibration.ts';

/** Reads what `ratelimit calibrate` wrote, for `--calibration`. Throws UsageError. */
export async function readCalibration(file: string): Promise<Calibration> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new UsageError(`--calibration ${file}: ${whyUnread(error)}; make one with ratelimit calibrate`);
  });
  return parseCalibration(text, file);
}
