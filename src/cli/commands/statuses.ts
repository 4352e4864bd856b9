import { UsageError } from '../../errors.ts';
import { parseCount } from '../../units.ts';

/** Reads `429,503`. Throws UsageError. */
export function parseStatuses(text: string): number[] {
  return text.split(',').map((part) => {
    const status = parseCount(part);
    if (status >= 400 && status <= 599) return status;
    throw new UsageError(`"${part.trim()}" is not the status of a refusal; write some such as 429,503`);
  });
}
