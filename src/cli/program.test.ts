import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgram } from './program.ts';

/** The command line, read as far as it can be without running anything. */
async function parsed(...args: readonly string[]): Promise<void> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const io = { stdin, stdout, stderr, env: {}, signal, readerGone: signal };
  await createProgram(io, () => {}).parseAsync(args, { from: 'user' });
}

test.each([
  ['decide', '--limit', '1/1s', '--limit', '2/1s'],
  ['serve', '--limit=1/1s', '--port', '0', '--limit=1/1s'],
  ['k6', 'import', '--limit', '1/1s', '--limit', '2/1s', 'results.json'],
])('%s with a flag of one value that is given twice is refused', (...args) =>
  expect(parsed(...args)).rejects.toThrow('--limit: given twice; leave one out'),
);
