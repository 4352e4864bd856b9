import { readFile } from 'node:fs/promises';
import { UsageError } from '../../errors.ts';
import { type Calibration, parseCalibration } from '../../sim/calibration.ts';

/** Reads what `ratelimit calibrate` wrote, for `--calibration`. Throws UsageError. */
export async function readCalibration(file: string): Promise<Calibration> {
  const text = await readFile(file, 'utf8').catch(({ code, message }: NodeJS.ErrnoException) => {
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new UsageError(
      `--calibration ${file}: cannot be read: ${reason}; make one with ratelimit calibrate`,
    );
  });
  return parseCalibration(text, file);
}
