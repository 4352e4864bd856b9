import { createReadStream, fstatSync } from 'node:fs';
import type { Io } from './io.ts';

/** Standard input. Node takes a directory for an empty one, and here it fails as soon as it is read: `ratelimit decide < folder`. */
export function standardInput(): Io['stdin'] {
  const { fd } = process.stdin;
  return fstatSync(fd).isDirectory() ? createReadStream('', { fd, autoClose: false }) : process.stdin;
}
