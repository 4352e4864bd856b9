import type { Skip } from '../account.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';

/**
 * libCacheSim, "oracleGeneral": little-endian records of a 32-bit second, a 64-bit object, its 32-bit size, and 64 bits that tell
 * which request is the next one for the object, -1 where there is none.
 */
const recordBytes = 24;
const objectAt = 4;
const sizeAt = 12;
const nextAt = 16;
/** Records that are looked at, and a bound for what cannot be known from the head of a file. */
const looked = 200;
const mostRequests = 2n ** 40n;

class OracleRecords implements TraceParser {
  readonly unit = recordBytes;
  readonly title = oracleGeneral.title;
  readonly hasDurations = false;

  constructor(private readonly context: FormatContext) {}

  notes(): readonly string[] {
    return ['a cache trace has no clients: the key is the object'];
  }

  line(buf: Buffer, from: number): Skip | undefined {
    const name = Buffer.from(String(buf.readBigUInt64LE(from + objectAt)));
    return this.context.sink.add(buf.readUInt32LE(from) * 1e6, name, 0, name.length, 1, 0);
  }
}

/** Seconds do not fall, and no request is the next one of two. */
function looksLikeIt(bytes: Buffer): boolean {
  const records = Math.min(looked, Math.floor(bytes.length / recordBytes));
  const followed = new Set<bigint>();
  let second = 0;
  for (let record = 0; record < records; record++) {
    const at = record * recordBytes;
    const next = bytes.readBigInt64LE(at + nextAt);
    if (bytes.readUInt32LE(at) < second || bytes.readUInt32LE(at + sizeAt) > 2 ** 31) return false;
    if (next !== -1n && !(next > BigInt(record) && next < mostRequests && !followed.has(next))) return false;
    followed.add(next);
    second = bytes.readUInt32LE(at);
  }
  return records >= 4;
}

export const oracleGeneral: TraceFormat = {
  name: 'oracle-general',
  binary: true,
  title: 'oracleGeneral trace',
  about: 'Binary cache traces of libCacheSim: second, object, size, next request',
  defaults: { time: 'the second', key: 'the object' },
  open(context) {
    const isIt = context.options.format === oracleGeneral.name || looksLikeIt(context.sample.bytes);
    return isIt ? new OracleRecords(context) : undefined;
  },
};
