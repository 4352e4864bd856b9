/** Golden frames: `npx vitest run src/cli/tui -u` writes them anew; read the difference before it is committed. */
import { cleanup } from 'ink-testing-library';
import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { slidingWindowLog } from '../../algorithms/sliding-window-log/index.ts';
import { hostile, resultOf, row, rows, withClients } from '../../report/testing/fixture.ts';
import { key, openApp, openResult, settle } from './testing/terminal.tsx';

afterEach(cleanup);

const never = new Promise<never>(() => {});
const thirty = resultOf({
  results: Array.from({ length: 30 }, (_, at) =>
    row('sliding-window-counter', { variant: `sub_windows=${at + 1} count_rejected=true`, over: at }),
  ),
});
const title = (lines: readonly string[]) => lines[0];

describe('frames', () => {
  test.each([
    ['overview', 80, 24, []],
    ['overview', 120, 40, []],
    ['accuracy', 80, 24, ['2']],
    ['burst', 80, 24, ['3']],
    ['fairness', 80, 24, ['4']],
    ['latency', 80, 24, ['5']],
    ['timeline', 80, 24, ['6']],
    ['timeline', 120, 40, ['6']],
    ['help', 80, 24, ['?']],
    ['sorted', 80, 24, ['s', 's', 's', 'S']],
  ] as const)('%s at %i×%i', async (name, columns, lines, keys) => {
    const app = await openResult(resultOf(), columns, lines);
    await app.press(...keys);
    await expect(`${app.frame()}\n`).toMatchFileSnapshot(`testing/golden/${name}.${columns}x${lines}.txt`);
  });

  test.each([
    ['eight rows', resultOf()],
    ['thirty rows with long names', thirty],
    ['no row', resultOf({ results: [] })],
    ['one row', resultOf({ results: [row('gcra')] })],
    [
      'clients',
      resultOf({ results: [withClients('gcra', 'none'), withClients('gcra', 'exponential jitter=full')] }),
    ],
    [
      'no figure',
      resultOf({
        results: [{ ...row('gcra'), requests: 0, timeline: { bucket_us: 1, offered: [], admitted: [] } }],
      }),
    ],
    ['text of a trace', hostile],
  ])('%s: every view is one line lower than the terminal and no wider', async (_, result) => {
    for (const [columns, lines] of [
      [80, 24],
      [120, 40],
      [60, 16],
      [40, 12],
    ] as const) {
      const app = await openResult(result, columns, lines);
      for (const press of ['1', '2', '3', '4', '5', '6', 'd', '?']) {
        await app.press(press);
        expect(app.lines()).toHaveLength(lines - 1);
        expect(Math.max(...app.lines().map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
        expect(app.frame()).not.toMatch(/[^\P{Cc}\n]/u);
      }
    }
  });
});

describe('keys', () => {
  test('with clients there is a tab of them, by the digit that it shows', async () => {
    const app = await openResult(resultOf({ results: [withClients('gcra', 'none')] }));
    await app.press('7');
    expect(app.lines()[1]).toContain('[7 Clients]');
    expect(app.frame()).toContain('97.5');
  });

  test.each([
    ['an arrow', [key.right], '[2 Accuracy]'],
    ['around the end', [key.left], '[6 Timeline]'],
    ['tab', [key.tab, key.tab], '[3 Burst]'],
    ['shift and tab', [key.shiftTab], '[6 Timeline]'],
    ['a digit', ['4'], '[4 Fairness]'],
    ['a digit that is no tab', ['9'], '[1 Overview]'],
    ['the digit of a tab that these rows have not', ['7'], '[1 Overview]'],
  ])('%s turns to another tab', async (_, keys, tab) => {
    const app = await openResult(resultOf());
    await app.press(...keys);
    expect(app.lines()[1]).toContain(tab);
  });

  test.each([
    ['down', [key.down], '>sliding-window-log'],
    ['j and k', ['j', 'j', 'k'], '>sliding-window-log'],
    ['up at the top stays', [key.up], '>fixed-window'],
    ['end', [key.end], '>concurrency'],
    ['keys that come as one input', ['jjj'], '>token-bucket'],
  ])('%s moves between rows', async (_, keys, chosen) => {
    const app = await openResult(resultOf());
    await app.press(...keys);
    expect(app.frame()).toContain(chosen);
  });

  test('the chosen row stays chosen when the order changes', async () => {
    const app = await openResult(resultOf());
    await app.press('s', 's', 'S');
    expect(app.frame()).toContain('by over-admitted, worst first');
    expect(app.lines()[5]).toContain('concurrency');
    expect(app.frame()).toContain('>fixed-window');
  });

  test('after the last column comes the order of the result again', async () => {
    const app = await openResult(resultOf());
    await app.press('4', 's', 's', 's', 's');
    expect(app.frame()).toContain('by longest starvation');
    await app.press('s');
    expect(app.lines()[5]).toContain('>fixed-window');
  });

  test('details say what the algorithm is, and what it did', async () => {
    const app = await openResult(resultOf());
    await app.press(key.down, key.enter);
    expect(app.lines()[1]).toBe('sliding-window-log');
    expect(app.frame()).toContain('verdict   never admits more than the contract allows');
    expect(app.frame()).toContain('params    edge=exclusive count_rejected=false');
    expect(app.frame()).toContain(`idea      ${slidingWindowLog.idea.slice(0, 50)}`);
    expect(app.frame()).toContain(`weakness  ${slidingWindowLog.weakness.slice(0, 50)}`);
    expect(app.frame()).toContain('┤');
  });

  test('details follow the cursor, and Esc goes back', async () => {
    const app = await openResult(resultOf());
    await app.press('d', key.down);
    expect(app.lines()[1]).toBe('sliding-window-log');
    await app.press(key.escape);
    await expect.poll(() => app.lines()[1]).toContain('[1 Overview]'); // a lone Esc waits for what may follow it
  });

  test('thirty rows scroll under the cursor', async () => {
    const app = await openResult(thirty);
    await app.press('G');
    expect(app.frame()).toContain('sub_windows=30');
    expect(app.frame()).not.toContain('sub_windows=2 ');
    expect(app.lines().at(-1)).toContain('30 of 30');
  });
});

describe('the size', () => {
  test('is followed: columns come and go with the room', async () => {
    const app = await openResult(resultOf(), 80, 24);
    expect(app.frame()).not.toContain('decisions');
    await app.resize(120, 40);
    expect(app.frame()).toContain('decisions');
    expect(app.lines()).toHaveLength(39);
    await app.resize(60, 16);
    expect(app.lines()).toHaveLength(15);
    expect(app.frame()).not.toContain('bytes');
  });
});

describe('while it runs', () => {
  test('progress with an end in sight', async () => {
    const app = openApp(never);
    app.feed.publish({ requests: 12.3e6, expected: 28e6, elapsedMs: 2700, ratePerSecond: 4.5e6 });
    await settle();
    expect(app.lines()[2]).toBe('██████████░░░░░░░░░░░░░░ 43 %  12.3M of 28M requests  4.5M/s  4 s left');
    expect(app.lines()).toHaveLength(23);
  });

  test.each(['q', key.ctrlC])('%j interrupts the run', async (press) => {
    const app = openApp(never);
    await settle();
    await app.press(press);
    expect(app.interrupted.aborted).toBe(true);
  });

  test('no other key does anything', async () => {
    const app = openApp(never);
    await settle();
    await app.press('s', 'd', '?', key.right);
    expect(app.interrupted.aborted).toBe(false);
    expect(title(app.lines())).toContain('ratelimit compare');
  });

  test('a key typed at the very frame of the result counts for the result', async () => {
    const app = openApp(new Promise((resolve) => setTimeout(resolve, 0, resultOf())));
    app.pressAt('[1 Overview]', '3');
    await expect.poll(() => app.lines()[1]).toContain('[3 Burst]');
  });

  test('a partial result is called so', async () => {
    const app = await openResult(resultOf({ partial: true, results: rows.slice(0, 2) }));
    expect(title(app.lines())).toMatch(/^PARTIAL/);
  });
});
