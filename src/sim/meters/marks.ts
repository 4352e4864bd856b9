/**
 * Columns of marks, a byte of 0 or 1 for each row. Most of what is counted of decisions is so many rows that have one mark and
 * not another, and four rows are looked at together as one 32-bit word: a multiplication by 0x01010101 adds up its bytes in
 * the top one.
 */

const rowsPerWord = 4;

/** The first rows of a column of marks in words, as many as are whole. The column begins at a multiple of four bytes. */
export function wordsOf({ buffer, byteOffset }: Uint8Array, length: number): Int32Array {
  return new Int32Array(buffer, byteOffset, restFrom(length) / rowsPerWord);
}

/** How many of the four rows of a word are marked. */
export function marksIn(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24;
}

/** The rows after the last whole word begin here. */
export function restFrom(length: number): number {
  return length - (length % rowsPerWord);
}
