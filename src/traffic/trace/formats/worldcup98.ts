import type { Skip } from '../account.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';

/** Four 32-bit numbers (second, client, object, bytes), then method, status, type and server in a byte each; big-endian. */
const recordBytes = 20;
const clientAt = 4;

/** The log begins on 26 April 1998 and ends on 26 July; seconds since 1970, with some days to spare. */
const earliestSecond = Date.UTC(1998, 3, 20) / 1e3;
const latestSecond = Date.UTC(1998, 7, 1) / 1e3;

/** WorldCup98 of the Internet Traffic Archive (M. Arlitt, T. Jin, "1998 World Cup Web Site Access Logs"), as it is given out. */
class WorldCupRecords implements TraceParser {
  readonly unit = recordBytes;
  readonly title = worldCup98.title;
  readonly hasDurations = false;
  #name = Buffer.alloc(0);

  constructor(private readonly context: FormatContext) {}

  notes(): readonly string[] {
    return [];
  }

  line(buf: Buffer, from: number): Skip | undefined {
    this.#name = Buffer.from(String(buf.readUInt32BE(from + clientAt)));
    return this.context.sink.add(buf.readUInt32BE(from) * 1e6, this.#name, 0, this.#name.length, 1, 0);
  }
}

function looksLikeIt(bytes: Buffer): boolean {
  let last = earliestSecond;
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    const second = bytes.readUInt32BE(at);
    if (second < last || second > latestSecond) return false;
    last = second;
  }
  return bytes.length >= recordBytes;
}

export const worldCup98: TraceFormat = {
  name: 'worldcup98',
  binary: true,
  title: 'WorldCup98 binary log',
  about: 'Binary web log of the 1998 World Cup in the Internet Traffic Archive',
  defaults: { time: 'the second', key: 'the client' },
  open(context) {
    const isIt = context.options.format === worldCup98.name || looksLikeIt(context.sample.bytes);
    return isIt ? new WorldCupRecords(context) : undefined;
  },
};
