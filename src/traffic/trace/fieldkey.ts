import { trimPort } from './text/numbers.ts';
import type { Spans } from './text/spans.ts';

/** Finds the key of a request in its fields: text in `buf[from, to)` after `read`. */
export interface KeyReader {
  buf: Buffer;
  from: number;
  to: number;
  read(spans: Spans): void;
}

/** The reader for so many fields: none gives every request the same key. */
export function keyReader(columns: readonly number[]): KeyReader {
  if (columns.length === 0) return new OneKey();
  return columns.length === 1 ? new SingleField(columns[0]) : new JoinedFields(columns);
}

const allText = Buffer.from('all');
const dashText = Buffer.from('-');

class OneKey implements KeyReader {
  readonly buf = allText;
  readonly from = 0;
  readonly to = allText.length;
  read(): void {}
}

class SingleField implements KeyReader {
  buf: Buffer = dashText;
  from = 0;
  to = 1;

  constructor(private readonly column: number) {}

  read(spans: Spans): void {
    if (spans.to[this.column] <= spans.from[this.column]) {
      this.buf = dashText;
      this.from = 0;
      this.to = 1;
      return;
    }
    this.buf = spans.buf;
    trimPort(spans.buf, spans.from[this.column], spans.to[this.column], this);
  }
}

class JoinedFields implements KeyReader {
  buf: Buffer = Buffer.alloc(1024);
  readonly from = 0;
  to = 0;
  readonly #one: SingleField[];

  constructor(columns: readonly number[]) {
    this.#one = columns.map((column) => new SingleField(column));
  }

  read(spans: Spans): void {
    this.to = 0;
    for (let i = 0; i < this.#one.length; i++) {
      const field = this.#one[i];
      field.read(spans);
      const bytes = field.to - field.from + 1;
      if (this.to + bytes > this.buf.length) this.#widen(this.to + bytes);
      if (i > 0) this.buf[this.to++] = 47;
      field.buf.copy(this.buf, this.to, field.from, field.to);
      this.to += field.to - field.from;
    }
  }

  #widen(bytes: number): void {
    const wider = Buffer.alloc(bytes * 2);
    this.buf.copy(wider, 0, 0, this.to);
    this.buf = wider;
  }
}
