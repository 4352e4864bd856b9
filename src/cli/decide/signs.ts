/** The bytes that mean something in CSV. */
export const lineFeed = 10;
export const carriageReturn = 13;
export const quote = 34;
export const comma = 44;
const tab = 9;
const blank = 32;

export function isBlank(byte: number | undefined): boolean {
  return byte === blank || byte === tab;
}
