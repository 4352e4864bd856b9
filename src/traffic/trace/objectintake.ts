import { UsageError } from '../../errors.ts';
import { type Skip, skips, type Tally } from './account.ts';
import type { TraceParser } from './format.ts';
import type { Intake } from './intake.ts';
import { blank, carriageReturn, closeBrace, closeBracket, comma, openBrace, tab } from './text/bytes.ts';
import { type ObjectList, objectEnd } from './text/objects.ts';

/** Longer objects end the run: no request is told in so many bytes, and memory stays bounded. */
const maxObjectBytes = 1 << 20;

/** JSON objects that are not one a line, each read and accounted as a line is. What a document says behind its list is no request. */
export class ObjectIntake implements Intake {
  finished = false;
  #entry = 0;
  #start: number;
  #closed = false;
  #saidMore = false;

  constructor(
    private readonly parser: TraceParser,
    private readonly tally: Tally,
    private readonly file: string,
    private readonly list: ObjectList,
  ) {
    this.#start = list.at;
  }

  run(view: Buffer, last: boolean, full: () => boolean): number {
    let at = this.#start;
    this.#start = 0;
    while (!full()) {
      at = gapEnd(view, at);
      if (this.#closed) this.#rest(view.subarray(at));
      if (this.#closed || at === view.length) {
        if (last) this.#end();
        return view.length;
      }
      const next = view[at] === closeBracket ? this.#close(at) : this.#entryEnd(view, at, last);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  #close(at: number): number {
    this.#closed = true;
    return at + 1;
  }

  /** Reads what stands at `at`; answers where it ends, or -1 when that is not there yet. */
  #entryEnd(view: Buffer, at: number, last: boolean): number {
    const end = view[at] === openBrace ? objectEnd(view, at) : valueEnd(view, at);
    if (end - at > maxObjectBytes || (end < 0 && view.length - at > maxObjectBytes)) {
      throw new UsageError(
        `${this.file}: entry ${this.#entry + 1} of the list is longer than 1 MiB; write one JSON object a line`,
      );
    }
    if (end < 0 && !last) return -1;
    this.#entry++;
    this.#closed = end < 0; // nothing comes behind what is cut short
    const bytes = view.subarray(at, end < 0 ? view.length : end);
    if (end < 0) this.#account(skips.truncated, bytes);
    else this.#account(view[at] === openBrace ? this.parser.line(view, at, end) : skips.badJson, bytes);
    return at + bytes.length;
  }

  /** What follows the list, but for the end of the object around it. */
  #rest(bytes: Buffer): void {
    if (this.#saidMore || bytes.every((byte) => isGap(byte) || byte === closeBrace)) return;
    this.#saidMore = true;
    this.tally.skip(skips.notARequest, () => `${this.file}: behind the list`, bytes);
  }

  #end(): void {
    if (this.list.bracketed && !this.#closed) this.#account(skips.truncated, Buffer.alloc(0));
    this.finished = true;
  }

  #account(outcome: Skip | undefined, bytes: Buffer): void {
    if (outcome === undefined) this.tally.use();
    else this.tally.skip(outcome, () => `${this.file}: entry ${this.#entry}`, bytes);
  }
}

/** Where something stands that may not be between two objects. */
function gapEnd(view: Buffer, from: number): number {
  let at = from;
  while (at < view.length && isGap(view[at])) at++;
  return at;
}

function isGap(byte: number): boolean {
  return byte === blank || (byte >= tab && byte <= carriageReturn) || byte === comma;
}

/** The end of a value that is no object: the next comma or bracket. */
function valueEnd(view: Buffer, from: number): number {
  let at = from + 1;
  while (at < view.length && view[at] !== comma && view[at] !== closeBracket) at++;
  return at === view.length ? -1 : at;
}
