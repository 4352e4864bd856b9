import { isIP } from 'node:net';

/** What may be an address among words, and no part of one, as in `actix_web::middleware`; before one of IPv4 may stand a colon. */
const wordsOfAddress =
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:[.:]\d*)?(?!\w)|(?<![\w:.])[0-9a-fA-F:.]{3,45}(?![\w:.])/g;

/** The first address in a text, with or without a port, which is left out. */
export function addressIn(
  text: string,
  start = 0,
): { readonly from: number; readonly to: number } | undefined {
  wordsOfAddress.lastIndex = start;
  for (let found = wordsOfAddress.exec(text); found !== null; found = wordsOfAddress.exec(text)) {
    const [word] = found;
    const bare = word.replace(/^(\d+\.\d+\.\d+\.\d+)[:.]\d*$/, '$1').replace(/[.:]$/, ''); // tcpdump has a dot before the port
    if (isIP(bare) !== 0) return { from: found.index, to: found.index + bare.length };
    wordsOfAddress.lastIndex = found.index + 1; // in `1:192.0.2.7` one may begin later
  }
  return undefined;
}
