import { backslash, closeBrace, openBrace, quote } from './bytes.ts';
import { parseRecord } from './json.ts';

/** A list of objects, alone or as the first member of an object that wraps it. */
const listStart = /^\s*(\{\s*"[^"\\]{1,64}"\s*:\s*)?\[\s*(?=\{)/;
/** An object that goes on in the next line, as `jq` prints them. */
const printedStart = /^\s*(?=\{\s*\n)/;
const headBytes = 4096;

/** Objects that are not one a line. */
export interface ObjectList {
  /** Where the first of them stands. */
  readonly at: number;
  /** They end with a bracket, and not with the file. */
  readonly bracketed: boolean;
}

/**
 * The JSON objects of a document `[{…}, …]`, of one that wraps it, as in `{"Records": [{…}, …]}`, or printed over several lines
 * or in one line, one after another. Nothing when each line is an object of its own, or none is.
 */
export function listedObjects(text: Buffer, firstLine: string, isOnlyLine: boolean): ObjectList | undefined {
  const head = text.toString('latin1', 0, headBytes);
  const list = listStart.exec(head);
  if (list === null) {
    const printed = printedStart.exec(head)?.[0].length ?? joinedStart(text);
    return printed === undefined ? undefined : { at: printed, bracketed: false };
  }
  const wrapped = list[1] !== undefined;
  if (wrapped && !isOnlyLine && parseRecord(firstLine) !== undefined) return undefined;
  return { at: list[0].length, bracketed: true };
}

/** Where the first of objects is with nothing between them, as Amazon Data Firehose puts them into a file: `{…}{…}`. */
function joinedStart(text: Buffer): number | undefined {
  const at = text.indexOf(openBrace);
  const isFirst = at >= 0 && text.toString('latin1', 0, Math.min(at, headBytes)).trim() === '';
  const end = isFirst ? objectEnd(text, at) : -1;
  return end > 0 && text[end] === openBrace ? at : undefined;
}

/** Behind the end of the object that begins at `from`; -1 when it does not end in the buffer. */
export function objectEnd(buf: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < buf.length; at++) {
    const byte = buf[at];
    if (byte === quote) {
      at = stringEnd(buf, at + 1);
      if (at < 0) return -1;
    } else if (byte === openBrace) depth++;
    else if (byte === closeBrace && --depth === 0) return at + 1;
  }
  return -1;
}

/** The closing quote of a string; -1 when it is not there. */
function stringEnd(buf: Buffer, from: number): number {
  for (let at = from; at < buf.length; at++) {
    if (buf[at] === quote) return at;
    if (buf[at] === backslash) at++;
  }
  return -1;
}
