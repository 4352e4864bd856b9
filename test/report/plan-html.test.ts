/** The page of a plan in a real browser. */
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plan } from '../../src/plan/plan.ts';
import type { PlanResult } from '../../src/plan/result.ts';
import { planOptions } from '../../src/plan/testing/options.ts';
import { ceilingsOf } from '../../src/plan/what-if/ceilings.ts';
import { whatIf } from '../../src/plan/what-if/index.ts';
import { renderPlanHtml } from '../../src/report/plan/html.tsx';
import { type Look, open, startBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const looks: readonly Look[] = [
  { scheme: 'light', width: 1100 },
  { scheme: 'dark', width: 360 },
];

async function planned(): Promise<PlanResult> {
  const options = await planOptions({ algorithms: 'gcra,sliding-window-log,fixed-window' });
  const result = plan(options);
  const what_if = (['rps', 'keys', 'window'] as const).map((axis) => whatIf(axis, options));
  return { ...result, what_if, ceilings: ceilingsOf(result.rows, options) };
}

async function withoutFit(): Promise<PlanResult> {
  return plan(await planOptions({ ratePerSecond: 1e6, keys: 1, algorithms: 'gcra' }));
}

const hostile = '<script>alert(1)</script>';

/** The value of an expression in the page, which this program has no types for. */
function ask<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression) as Promise<T>; // T is what the expression gives
}

describe.each([
  ['with every what-if', planned],
  ['where nothing fits', withoutFit],
])('a plan %s', (_, make) => {
  test.each(looks)('$scheme, $width pixels wide: nothing loaded, nothing broken', async (look) => {
    const { page, complaints, requests } = await open(browser, await renderPlanHtml(await make()), look);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    expect(await ask(page, 'document.documentElement.scrollWidth')).toBe(look.width);
    await page.evaluate(axe.source);
    const { passes, violations } = await ask<AxeResults>(page, 'axe.run()');
    expect(passes.length).toBeGreaterThan(15); // the rules did look at the page
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    await page.close();
  });
});

test('each picture has a name for those who do not see it, and its table above it', async () => {
  const { page } = await open(browser, await renderPlanHtml(await planned()), looks[0]);
  const pictures = 'document.querySelectorAll("figure .wide[role=img][aria-label]").length';
  expect(await ask(page, pictures)).toBe(1 + 3 * 2);
  expect(await ask(page, 'document.querySelectorAll(".scroll:has(table) + figure").length')).toBe(1 + 3 * 2);
  await page.close();
});

test('text that came from a file is shown letter by letter and runs nothing', async () => {
  const result = await withoutFit();
  const asked = { ...result.asked, popularity: hostile };
  const { page } = await open(
    browser,
    await renderPlanHtml({ ...result, asked, notes: [hostile] }),
    looks[0],
  );
  expect(await ask(page, 'document.scripts.length')).toBe(1);
  expect(await ask(page, 'document.querySelector(".facts").textContent')).toContain(hostile);
  expect(await ask(page, 'document.querySelector("main").textContent')).toContain(hostile);
  await page.close();
});
