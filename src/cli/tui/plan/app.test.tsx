import { beforeAll, describe, expect, test } from 'vitest';
import { plan } from '../../../plan/plan.ts';
import type { PlanResult } from '../../../plan/result.ts';
import { planOptions } from '../../../plan/testing/options.ts';
import { ceilingsOf } from '../../../plan/what-if/ceilings.ts';
import { paintWith } from '../../../report/paint.ts';
import { key, openOn, settle } from '../testing/terminal.tsx';
import { PlanApp } from './app.tsx';

let result: PlanResult;
beforeAll(async () => {
  const options = await planOptions({ algorithms: 'gcra' });
  const planned = plan(options);
  result = { ...planned, ceilings: ceilingsOf(planned.rows, options) };
});

async function open(columns = 80, rows = 24) {
  const interruption = new AbortController();
  const screen = openOn(
    (terminal) => (
      <PlanApp
        result={result}
        paint={paintWith(false)}
        terminal={terminal}
        interrupted={interruption.signal}
      />
    ),
    columns,
    rows,
  );
  await settle();
  return screen;
}

describe('the screen of a plan', () => {
  test('has a page for each chapter', async () => {
    const screen = await open();
    expect(screen.lines()[0]).toMatch(/^ratelimit plan · 100\/1m · 100k\/s of 5M keys/);
    expect(screen.lines()[1]).toMatch(/^\[1 Size\] 2 Bill {2}3 What if {2}4 Notes/);
    expect(screen.frame()).toContain('SIZE, ON CACHE.R6G.LARGE');
    await screen.press(key.right);
    expect(screen.frame()).toContain('BILL FOR GCRA');
    await screen.press('3');
    expect(screen.frame()).toContain('WHAT IF THE ALGORITHM WERE DIFFERENT');
    await screen.press(key.tab, key.tab);
    expect(screen.lines()[1]).toMatch(/^\[1 Size\]/);
    await screen.press(key.shiftTab);
    expect(screen.lines()[1]).toMatch(/\[4 Notes\]$/);
  });

  test('scrolls to the last line and no further, and begins each page at its top', async () => {
    const screen = await open(80, 14);
    const first = screen.frame();
    await screen.press(key.down);
    expect(screen.frame()).not.toBe(first);
    await screen.press(key.end);
    const [, from, to, all] = /(\d+)–(\d+) of (\d+)$/.exec(screen.lines().at(-1)!)!.map(Number);
    expect(to).toBe(all);
    expect(to - from + 1).toBe(14 - 6);
    await screen.press(key.down);
    expect(screen.lines().at(-1)).toMatch(new RegExp(`${from}–${all} of ${all}$`));
    await screen.press(key.right, key.left);
    expect(screen.frame()).toBe(first);
  });

  test.each([
    [80, 24],
    [40, 10],
  ])('is never larger than a terminal of %i by %i', async (columns, rows) => {
    const screen = await open(columns, rows);
    for (const page of ['1', '2', '3', '4']) {
      await screen.press(page);
      expect(screen.lines().length).toBeLessThan(rows);
      for (const line of screen.lines()) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});
