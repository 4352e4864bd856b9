import { parseRecord } from './json.ts';

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;

/** A list of objects, alone or as the first member of an object that wraps it. */
const listStart = /^\s*(\{\s*"[^"\\]{1,64}"\s*:\s*)?\[\s*(?=\{)/;
const headBytes = 4096;

/**
 * Where the first object of a JSON list stands: of a document `[{…}, …]`, or of one that wraps it, as in
 * `{"Records": [{…}, …]}`. -1 when the text is no such document; lines that are objects of their own are none.
 */
export function listedObjectsStart(text: Buffer, firstLine: string, isOnlyLine: boolean): number {
  const match = listStart.exec(text.toString('latin1', 0, headBytes));
  if (match === null) return -1;
  const wrapped = match[1] !== undefined;
  if (wrapped && !isOnlyLine && parseRecord(firstLine) !== undefined) return -1;
  return match[0].length;
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
