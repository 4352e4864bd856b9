import { PassThrough } from 'node:stream';
import { expect, type Mock, test, vi } from 'vitest';
import { resultOf } from '../../report/testing/fixture.ts';
import type { RunResult } from '../../sim/result.ts';
import { showComparison } from './index.tsx';
import { key, settle } from './testing/terminal.tsx';

const enter = '\u001b[?1049h';
const leave = '\u001b[?1049l';

/** Streams that behave like a terminal of 80×24, and what was written to it. */
function terminal() {
  let written = '';
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  stdout.on('data', (chunk) => {
    written += chunk;
  });
  const setRawMode = vi.fn();
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode, ref() {}, unref() {} });
  return { stdout, stdin, setRawMode, written: () => written };
}

/** The keyboard is read, and a result that was there is shown. */
async function opened(setRawMode: Mock): Promise<void> {
  await vi.waitFor(() => expect(setRawMode).toHaveBeenCalledWith(true));
  await settle();
}

/** Answers when it is aborted, as a run does. */
function untilAborted(_: unknown, signal: AbortSignal): Promise<RunResult> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(resultOf({ partial: true })));
  });
}

const env = { LANG: 'C.UTF-8', NO_COLOR: '1' };

test('the screen is given back, and the Overview stays behind', async () => {
  const { stdout, stdin, setRawMode, written } = terminal();
  const shown = showComparison({ run: async () => resultOf(), stdout, stdin, env });
  await opened(setRawMode);
  stdin.write('q');
  expect(await shown).toEqual(resultOf());
  const [before, after] = written().split(leave);
  expect(before.startsWith(enter)).toBe(true);
  expect(after).toMatch(/^scenario {2}boundary-burst[\s\S]*OVERVIEW/);
  expect(setRawMode).toHaveBeenLastCalledWith(false);
});

test('Ctrl-C ends the run and answers with what was finished', async () => {
  const { stdout, stdin, setRawMode, written } = terminal();
  const shown = showComparison({ run: untilAborted, stdout, stdin, env });
  await opened(setRawMode);
  stdin.write(key.ctrlC);
  expect((await shown).partial).toBe(true);
  expect(written().split(leave)[1]).toMatch(/^Stopping.*\nPARTIAL/);
});

test('so does a signal from outside', async () => {
  const { stdout, stdin, setRawMode } = terminal();
  const outside = new AbortController();
  const shown = showComparison({ run: untilAborted, stdout, stdin, env, signal: outside.signal });
  await opened(setRawMode);
  outside.abort();
  expect((await shown).partial).toBe(true);
});

test('a run that fails gives back the screen before its error is seen', async () => {
  const { stdout, stdin, setRawMode, written } = terminal();
  const run = () => Promise.reject(new Error('disk full'));
  await expect(showComparison({ run, stdout, stdin, env })).rejects.toThrow('disk full');
  expect(written().split(leave)).toHaveLength(2);
  expect(setRawMode).toHaveBeenLastCalledWith(false);
});

test('the scrollback of the user is never cleared, even when the terminal shrinks', async () => {
  const { stdout, stdin, setRawMode, written } = terminal();
  Object.assign(stdout, { columns: 120, rows: 40 });
  const shown = showComparison({ run: async () => resultOf(), stdout, stdin, env });
  await opened(setRawMode);
  Object.assign(stdout, { columns: 80, rows: 24 });
  stdout.emit('resize');
  stdin.write('q');
  await shown;
  expect(written()).not.toContain('\u001b[3J');
});

test('a terminal of ASCII gets ASCII', async () => {
  const { stdout, stdin, setRawMode, written } = terminal();
  const shown = showComparison({ run: async () => resultOf(), stdout, stdin, env: { LANG: 'C' } });
  await opened(setRawMode);
  stdin.write('q');
  await shown;
  expect(written()).toMatch(/^[\0-\x7f]*$/);
});
