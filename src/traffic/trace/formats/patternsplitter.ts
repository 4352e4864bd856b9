import { type Skip, skips } from '../account.ts';
import { frontTime, timeInFront } from '../text/front.ts';
import type { Place } from '../text/request.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';

/** Lines that tell a request in one form, whose named groups are the fields behind the time; all others tell of none, or again of the same. */
export class PatternSplitter implements Splitter {
  readonly fields: readonly string[];

  /** `line` has the flag `d`. */
  constructor(
    private readonly line: RegExp,
    private readonly groups: readonly string[],
    private readonly timeOf: (text: string) => Place | undefined = frontTime,
  ) {
    this.fields = [timeInFront, ...groups];
  }

  column(name: string): number {
    return columnOf(this.fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('latin1', from, to);
    const places = this.line.exec(text)?.indices?.groups;
    if (places === undefined) return skips.notARequest;
    const time = this.timeOf(text);
    if (time === undefined) return skips.badTime;
    spans.buf = buf;
    spans.set(0, from + time.from, from + time.to);
    for (const [at, group] of this.groups.entries()) {
      const [start, end] = places[group] ?? [0, -1];
      spans.set(at + 1, from + start, end < 0 ? -1 : from + end);
    }
    return undefined;
  }
}
