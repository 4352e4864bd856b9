import { type TextOptions, wantsAscii } from '../report/index.ts';
import type { Io } from './io.ts';

/** How wide text on standard output may be, and in which signs. */
export function textOptions({ stdout, env }: Pick<Io, 'stdout' | 'env'>): TextOptions {
  return { ascii: wantsAscii(env), ...(stdout.columns !== undefined && { width: stdout.columns }) };
}
