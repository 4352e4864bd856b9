import { type Skip, skips } from '../account.ts';
import type { Spans, Splitter } from './spans.ts';

/** Splits lines of named values, in any order: a field that is asked for is kept where its name stands, else it is absent. */
export abstract class PairSplitter implements Splitter {
  readonly #wanted: string[] = [];

  constructor(readonly fields: readonly string[]) {}

  column(name: string): number {
    return this.fields.includes(name) ? this.#wanted.push(name) - 1 : -1;
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    spans.buf = buf;
    for (let field = 0; field < this.#wanted.length; field++) spans.set(field, 0, -1);
    return this.keepPairs(buf, from, to, spans) === 0 ? skips.wrongShape : undefined;
  }

  /** Hands the pairs of a line to `keep`; answers how many there are. */
  protected abstract keepPairs(buf: Buffer, from: number, to: number, spans: Spans): number;

  protected wants(name: string): boolean {
    return this.#wanted.includes(name);
  }

  protected keep(name: string, from: number, to: number, spans: Spans): void {
    for (let field = 0; field < this.#wanted.length; field++) {
      if (this.#wanted[field] === name) spans.set(field, from, to);
    }
  }
}
