import type { Skip } from '../account.ts';

/** Where the fields of one line are: field i is `buf[from[i], to[i])`; an absent field has `to < from`. */
export class Spans {
  /** The line's bytes, or a scratch buffer where they had to be rewritten. */
  buf: Buffer = Buffer.alloc(0);
  from = new Int32Array(32);
  to = new Int32Array(32);

  set(field: number, from: number, to: number): void {
    if (field >= this.from.length) this.#widen(field);
    this.from[field] = from;
    this.to[field] = to;
  }

  isAbsent(field: number): boolean {
    return this.to[field] < this.from[field];
  }

  text(field: number): string {
    return this.buf.toString('utf8', this.from[field], this.to[field]);
  }

  #widen(field: number): void {
    const width = Math.max(field + 1, this.from.length * 2);
    const wider = [new Int32Array(width), new Int32Array(width)];
    wider[0].set(this.from);
    wider[1].set(this.to);
    [this.from, this.to] = wider;
  }
}

/** Cuts a line of one kind into fields. */
export interface Splitter {
  /** Names that `--key`, `--cost` and `--time` may use. */
  readonly fields: readonly string[];
  /** The place of a named field, -1 when there is none. */
  column(name: string): number;
  /** Finds at least the fields up to `last`. */
  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined;
}

/** The place of a name in a list of columns; a number is a place itself, counted from 1. */
export function columnOf(fields: readonly string[], name: string): number {
  const exact = fields.indexOf(name);
  if (exact >= 0) return exact;
  const folded = fields.findIndex((field) => field.toLowerCase() === name.toLowerCase());
  if (folded >= 0) return folded;
  const place = /^\d+$/.test(name) ? Number(name) - 1 : -1;
  return place < fields.length ? place : -1;
}
