/** The bytes of ASCII that mean something in logs and tables. */
export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const blank = 32;
export const quote = 34;
export const comma = 44;
export const dash = 45;
export const dot = 46;
export const slash = 47;
export const zero = 48;
export const nine = 57;
export const colon = 58;
export const semicolon = 59;
export const equals = 61;
export const questionMark = 63;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const openBrace = 123;
export const bar = 124;
export const closeBrace = 125;

export function isDigit(byte: number): boolean {
  return byte >= zero && byte <= nine;
}

/** Whether it is a blank or a tab. */
export function isBlank(byte: number | undefined): boolean {
  return byte === blank || byte === tab;
}
