import { PassThrough, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { DecisionDesk } from '../../sim/decision-desk.ts';
import { parseRules } from '../../sim/rule.ts';
import { parseSelections } from '../../sim/selection.ts';
import { type Answers, CsvAnswers, JsonAnswers } from './answers.ts';
import { decideAll } from './decide-all.ts';
import { openFeed } from './input.ts';
import { KeyNumbers } from './key-numbers.ts';
import { Place } from './place.ts';
import { RequestReader } from './request-reader.ts';

interface Run {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Writable;
  readonly answers?: Answers;
  readonly explains?: boolean;
  readonly stop?: AbortSignal;
}

async function run({ stdin, stdout, answers, explains = false, stop }: Run): Promise<void> {
  const signal = stop ?? new AbortController().signal;
  const feed = await openFeed('-', 'in', stdin, signal);
  const reader = new RequestReader(new Place('in'), { clampTime: false, needsDurations: false });
  const desk = new DecisionDesk(parseSelections('gcra')[0], parseRules('2/1s'));
  const keys = new KeyNumbers(false);
  const parts = { feed, reader, keys, desk, answers: answers ?? new CsvAnswers(explains, false), explains };
  await decideAll(parts, stdout, signal);
}

/** Takes all that is written. */
class Written extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('latin1');
    done();
  }
}

async function answersTo(text: string, how: Pick<Run, 'answers' | 'explains'> = {}): Promise<string[]> {
  const stdout = new Written();
  const stdin = new PassThrough();
  stdin.end(text);
  await run({ stdin, stdout, ...how });
  return stdout.text.trimEnd().split('\n');
}

describe('decideAll', () => {
  test('explains the state before and after each decision', async () => {
    const [names, row] = await answersTo('0,a\n', { explains: true });
    expect(names).toBe('t_us,key,cost,allowed,remaining,retry_after_us,delay_us,state_before,state_after');
    expect(row).toBe('0,a,1,1,1,0,0,rested: TAT is not after now,TAT lies 500000 \xc2\xb5s after now');
  });

  test('shows a terminal no key that speaks to it', async () => {
    const rows = '0,\x1b[2J,1\n0,"a\n\u202e",1\n';
    const csv = await answersTo(rows, { answers: new CsvAnswers(false, true) });
    expect(csv.slice(1)).toEqual(['0,\\x1b[2J,1,1,1,0,0', '0,a\\x0a\\u202e,1,1,1,0,0']);
    const json = await answersTo(rows, { answers: new JsonAnswers(true) });
    expect(json.map((line) => JSON.parse(line).key)).toEqual(['\x1b[2J', 'a\n\u202e']);
    expect(json.join('')).toMatch(/^[ -~]+$/);
  });

  test('writes what was decided before a row that is none', async () => {
    const stdout = new Written();
    const stdin = new PassThrough();
    stdin.end('0,a\nx,a\n1,a\n');
    await expect(run({ stdin, stdout })).rejects.toThrow(UsageError);
    expect(stdout.text.split('\n').slice(1)).toEqual(['0,a,1,1,1,0,0', '']);
  });

  test('decides no further than a reader takes, but for what is held', async () => {
    const taken: (() => void)[] = [];
    const stdout = new Writable({ write: (_chunk, _encoding, done) => void taken.push(done) });
    let given = 0;
    async function* endless() {
      for (;;) yield Buffer.from(`${given++},key,1\n`.repeat(1000));
    }
    const stop = new AbortController();
    const ended = run({ stdin: PassThrough.from(endless()), stdout, stop: stop.signal });
    for (let turns = 0; turns < 1000; turns++) await turn();
    expect(taken).toHaveLength(1); // a write that nobody takes
    expect(given).toBeLessThan(100);
    stop.abort();
    stdout.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' }));
    await ended.catch(() => {});
  });
});
