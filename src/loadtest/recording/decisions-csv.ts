import { UsageError } from '../../errors.ts';
import { type Recording, RecordingBuilder } from './recording.ts';

/**
 * Reads decisions that anybody logged as CSV with a header: `t_us,key,cost,allowed` and perhaps `retry_after_us`, which is
 * also what `ratelimit decide` prints. `allowed` is 1 or 0, or true or false; cost is 1 where there is no such column.
 */
export async function readDecisionsCsv(
  rows: AsyncIterable<Readonly<Record<string, string>>>,
  file: string,
): Promise<Recording> {
  const builder = new RecordingBuilder();
  for await (const {
    t_us: time = '',
    key,
    cost = '1',
    allowed = '',
    retry_after_us: retryAfter = '',
  } of rows) {
    const isAllowed = /^(?:1|true)$/i.test(allowed);
    if (key === undefined) throw new UsageError(`${file}: has no column "key"; write t_us,key,cost,allowed`);
    if (!/^\d{1,16}$/.test(time)) builder.skip('t_us is no whole number of microseconds');
    else if (!isAllowed && !/^(?:0|false)$/i.test(allowed)) builder.skip('allowed is neither 1 nor 0');
    else if (!/^\d{1,9}$/.test(cost)) builder.skip('cost is no whole number');
    else {
      const sentUs = Number(time);
      const advised = !isAllowed && /^\d+$/.test(retryAfter);
      builder.add({
        sentUs,
        answeredUs: sentUs,
        key,
        cost: Number(cost),
        allowed: isAllowed,
        ...(advised && { retryAfterUs: Number(retryAfter) }),
      });
    }
  }
  return builder.finish({ format: 'decisions as CSV', hasLatency: false, notes: [] });
}
