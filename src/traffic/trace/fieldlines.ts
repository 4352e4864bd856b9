import { UsageError } from '../../errors.ts';
import { type Skip, skips } from './account.ts';
import { type KeyReader, keyReader } from './fieldkey.ts';
import type { FormatContext, TraceParser } from './format.ts';
import {
  arrivalWords,
  daylessWords,
  type FieldRoles,
  guessWords,
  keylessWords,
  yearlessWords,
  zonelessWords,
} from './roles.ts';
import { dash } from './text/bytes.ts';
import { parseCost, parseDurationUs } from './text/numbers.ts';
import { Spans, type Splitter } from './text/spans.ts';
import type { TimeGuess } from './time/epoch.ts';
import { TimeReader } from './time/reader.ts';

/** A line of fields to a request: the one reader that all formats of separate fields share. */
export class FieldLines implements TraceParser {
  readonly hasDurations: boolean;
  readonly countStepUs?: number;
  readonly times: TimeReader;
  readonly #spans = new Spans();
  readonly #last: number;
  readonly #time: readonly number[];
  readonly #startedAt: number;
  readonly #arrivalField: string | undefined;
  readonly #durations: readonly number[];
  readonly #durationUnitUs: number;
  readonly #cost: number;
  readonly #key: KeyReader;
  readonly #keyFields: readonly string[];
  readonly #shiftGrainUs: number;
  #ordinal = 0;
  #keyless = 0;

  constructor(
    readonly title: string,
    private readonly splitter: Splitter,
    roles: FieldRoles,
    private readonly context: FormatContext,
  ) {
    const place = (name: string) => this.#place(name);
    this.#time = (roles.time ?? []).map(place);
    this.#startedAt = roles.startedAt ? splitter.column(roles.startedAt) : -1;
    this.#arrivalField = this.#startedAt < 0 ? undefined : roles.startedAt;
    this.#durations = (roles.durations ?? [])
      .map((name) => splitter.column(name))
      .filter((column) => column >= 0);
    this.#durationUnitUs = roles.durationUnitUs ?? 1e6;
    this.#cost = roles.cost === undefined ? -1 : place(roles.cost);
    const keys = roles.key.map(place);
    this.#key = keyReader(keys);
    this.#keyFields = roles.key;
    this.hasDurations = this.#durations.length > 0;
    if (roles.countStepUs !== undefined) this.countStepUs = roles.countStepUs;
    const wanted = [...this.#time, this.#startedAt, ...this.#durations, this.#cost, ...keys];
    this.#last = Math.max(context.trial ? splitter.fields.length - 1 : 0, ...wanted);
    this.times = new TimeReader(roles.timeUnit ?? context.timeGuess?.unit, roles.dayFirst);
    const shifts = roles.endsAt === true && this.hasDurations && !context.trial;
    this.#shiftGrainUs = shifts ? Math.max(1, context.grainUs) : Number.POSITIVE_INFINITY;
  }

  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.times.sawZoneless) notes.push(zonelessWords);
    const { sawDayless, sawYearless, sawAmbiguous, sawShortYear } = this.times.spelled;
    if (sawDayless) notes.push(daylessWords);
    if (sawYearless) notes.push(yearlessWords);
    if (sawAmbiguous) notes.push('dates such as 03/04/2023 were read with the month first');
    if (sawShortYear) notes.push('dates such as 23-11-14 were read with the year last');
    const guess = this.context.timeGuess;
    if (guess !== undefined) notes.push(guessWords(guess));
    if (this.#shiftGrainUs < Number.POSITIVE_INFINITY) notes.push(arrivalWords(this.#arrivalField));
    if (this.#keyless > 0) notes.push(keylessWords(this.#keyless, this.#keyFields));
    return notes;
  }

  get guess(): TimeGuess | undefined {
    return this.times.guess;
  }

  line(buf: Buffer, from: number, to: number): Skip | undefined {
    const spans = this.#spans;
    return this.splitter.split(buf, from, to, spans, this.#last) ?? this.fields(spans);
  }

  /** Takes the request out of the fields of one line. */
  fields(spans: Spans): Skip | undefined {
    const durationUs = this.hasDurations ? this.#durationUs(spans) : 0;
    const timeUs = this.#arrivalUs(spans, durationUs);
    if (Number.isNaN(timeUs)) return skips.badTime;
    const cost = this.#cost < 0 ? 1 : parseCost(spans.buf, spans.from[this.#cost], spans.to[this.#cost]);
    if (Number.isNaN(cost)) return this.countStepUs === undefined ? skips.badCost : skips.badCount;
    const key = this.#key;
    key.read(spans);
    if (key.to - key.from === 1 && key.buf[key.from] === dash) this.#keyless++;
    return this.context.sink.add(timeUs, key.buf, key.from, key.to, cost, durationUs);
  }

  /** When the request came; a time of the response's end is taken back by whole grains of its duration. */
  #arrivalUs(spans: Spans, durationUs: number): number {
    const { buf, from, to } = spans;
    const started = this.#startedAt;
    if (started >= 0 && to[started] - from[started] > 1)
      return this.times.us(buf, from[started], to[started]);
    const grainUs = this.#shiftGrainUs;
    const stampUs = this.#stampUs(spans);
    return durationUs < grainUs ? stampUs : stampUs - Math.floor(durationUs / grainUs) * grainUs;
  }

  #stampUs({ buf, from, to }: Spans): number {
    const time = this.#time;
    if (time.length === 0)
      return Math.floor((this.#ordinal++ * 1e6) / (this.context.options.ratePerSecond ?? 1));
    const last = time[time.length - 1];
    if (time.length > 1 && from[last] !== to[time[0]] + 1) return this.#joinedUs(buf, from, to);
    return this.times.us(buf, from[time[0]], to[last]);
  }

  /** A date and a time of day that do not stand beside each other. */
  #joinedUs(buf: Buffer, from: Int32Array, to: Int32Array): number {
    const text = Buffer.from(
      this.#time.map((field) => buf.toString('latin1', from[field], to[field])).join(' '),
    );
    return this.times.us(text, 0, text.length);
  }

  #durationUs({ buf, from, to }: Spans): number {
    let sumUs = 0;
    for (const column of this.#durations)
      sumUs += parseDurationUs(buf, from[column], to[column], this.#durationUnitUs);
    return sumUs;
  }

  #place(name: string): number {
    const column = this.splitter.column(name);
    if (column >= 0) return column;
    const known = this.splitter.fields.join(', ');
    throw new UsageError(
      `${this.context.file}: there is no field "${name}" in this ${this.title}; it has: ${known}`,
    );
  }
}
