import { UsageError } from '../../errors.ts';

/** Where in the input the row stands that is read now. */
export class Place {
  /** Counted from 1, as editors do. */
  line = 1;

  /** `file`: what messages call the input. */
  constructor(readonly file: string) {}

  fail(problem: string): never {
    throw new UsageError(`${this.file}:${this.line}: ${problem}`);
  }
}
