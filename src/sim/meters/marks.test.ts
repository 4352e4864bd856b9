import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { marksIn, restFrom, wordsOf } from './marks.ts';

test('words and the rest count what the rows count', () => {
  const marks = fc.array(fc.nat(1), { maxLength: 40 });
  holdsFor(
    marks,
    (marks) => {
      const column = Uint8Array.from([...marks, 1, 1, 1, 1]); // rows beyond those in use
      const words = wordsOf(column, marks.length);
      const inWords = words.reduce((sum, word) => sum + marksIn(word), 0);
      const inRest = column
        .subarray(restFrom(marks.length), marks.length)
        .reduce((sum, mark) => sum + mark, 0);
      expect(inWords + inRest).toBe(marks.filter((mark) => mark === 1).length);
      expect(words.length * 4).toBe(restFrom(marks.length));
    },
    100,
  );
});
