import {
  carriageReturn,
  comma,
  dash,
  isBlank,
  lineFeed,
  quote,
  zero,
} from '../../traffic/trace/text/bytes.ts';

/** Of 2^53. */
const mostDigits = 16;

/** So many bytes are worth a write. */
const fullBytes = 1 << 16;

/** Bytes on their way out. Texts and bytes are put behind those that are there. */
export class OutputBytes {
  #bytes = Buffer.allocUnsafe(2 * fullBytes);
  #length = 0;

  get isFull(): boolean {
    return this.#length >= fullBytes;
  }

  /** All that is there; nothing is then. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  text(text: string): void {
    this.#makeRoom(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** The digits of a number, without a string of them: five are written for each request. */
  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.text(String(value));
      return;
    }
    this.#makeRoom(mostDigits + 1);
    if (value < 0) this.#bytes[this.#length++] = dash;
    const size = Math.abs(value);
    const billions = size < 1e9 ? 0 : Math.floor(size / 1e9);
    if (billions > 0) this.#digits(billions, 1);
    this.#digits(size - billions * 1e9, billions > 0 ? 9 : 1); // integers of 32 bits, whose division is fast
  }

  /** Writes a number below 10^9, with zeros before it up to so many digits. */
  #digits(value: number, atLeast: number): void {
    let count = atLeast;
    for (let power = 10 ** atLeast; power <= value; power *= 10) count++;
    let rest = value | 0;
    for (let at = this.#length + count - 1; at >= this.#length; at--) {
      const tens = (rest / 10) | 0;
      this.#bytes[at] = zero + rest - tens * 10;
      rest = tens;
    }
    this.#length += count;
  }

  comma(): void {
    this.#byte(comma);
  }

  lineEnd(): void {
    this.#byte(lineFeed);
  }

  /** A comma and a number. */
  figure(value: number): void {
    this.comma();
    this.number(value);
  }

  /** A cell of CSV by RFC 4180: in quotes where it needs them, or where a reader might drop blanks at its ends. */
  cell(bytes: Uint8Array, from: number, to: number): void {
    this.#makeRoom(2 * (to - from) + 2);
    if (needsQuotes(bytes, from, to)) this.#quoted(bytes, from, to);
    else for (let at = from; at < to; at++) this.#bytes[this.#length++] = bytes[at];
  }

  #quoted(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes[this.#length++] = quote;
    for (let at = from; at < to; at++) {
      if (bytes[at] === quote) this.#bytes[this.#length++] = quote;
      this.#bytes[this.#length++] = bytes[at];
    }
    this.#bytes[this.#length++] = quote;
  }

  #byte(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = byte;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

function needsQuotes(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === comma || byte === quote || byte === lineFeed || byte === carriageReturn) return true;
  }
  return from < to && (isBlank(bytes[from]) || isBlank(bytes[to - 1]));
}
