import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { exitCode } from '../io.ts';
import { check } from './check.run.ts';

test('an interruption between two scenarios names the one that was not checked', async () => {
  const interruption = new AbortController();
  const stdout = new Writable({
    write: (_, __, done) => {
      interruption.abort();
      done();
    },
  });
  const stderr = new PassThrough();
  const code = await check(
    ['classic', 'steady'],
    { expect: ['fairness.jain >= 0'], duration: '1s', quiet: true },
    () => [],
    {
      stdin: new PassThrough(),
      stdout,
      stderr,
      env: {},
      signal: interruption.signal,
      readerGone: new AbortController().signal,
    },
  );
  expect(code).toBe(exitCode.interrupted);
  expect(String(stderr.read())).toBe('ratelimit: steady: was not checked\n');
});
