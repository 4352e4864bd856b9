/** The HTML report in a real browser. */
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/index.tsx';
import { checked, classed, deployed, hostile, resultOf, rows } from '../../src/report/testing/fixture.ts';
import { type Look, open, startBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

const looks: readonly Look[] = [
  { scheme: 'light', width: 1100 },
  { scheme: 'dark', width: 1100 },
  { scheme: 'light', width: 360 },
  { scheme: 'dark', width: 360 },
];

const reports = {
  'eight rows': resultOf(),
  'text of a trace': hostile,
  'broken checks': checked,
  'faults of deployments': deployed,
  'classes of clients': classed,
  'a single row': resultOf({ results: rows.slice(0, 1), partial: true }),
  'no row': resultOf({ results: [] }),
};

/** The value of an expression in the page, which this program has no types for. */
function ask<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression) as Promise<T>; // T is what the expression gives
}

describe.each(Object.entries(reports))('a report of %s', (name, result) => {
  test.each(name === 'eight rows' ? looks : looks.slice(1, 3))(
    '$scheme, $width pixels wide',
    async (look) => {
      const { page, complaints, requests } = await open(browser, await renderHtml(result), look);
      await ask(page, 'document.querySelectorAll("details").forEach((details) => { details.open = true })');
      expect(complaints).toEqual([]);
      expect(requests).toEqual([]);
      expect(await ask(page, 'document.documentElement.scrollWidth')).toBe(look.width);
      expect(await brokenRules(page)).toEqual([]);
      await page.close();
    },
  );
});

/** Rules of accessibility that the page breaks, with the places. */
async function brokenRules(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = await ask<AxeResults>(page, 'axe.run()');
  expect(passes.length).toBeGreaterThan(15); // the rules did look at the page
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join('\n  '));
}

describe('sorting', () => {
  const keptAt = 9; // headings before "retry advice kept %", the names among them
  const sorts = '[...document.querySelectorAll("#figures thead th")].map((heading) => heading.ariaSort)';
  const texts = `[...document.querySelectorAll("#figures tbody tr")].map((row) => row.cells[${keptAt}].firstChild.textContent)`;

  test('is done by keyboard, told to screen readers, and leaves what has no figure last', async () => {
    const { page } = await open(browser, await renderHtml(resultOf()), looks[0]);
    await page.focus('#figures .scroll');
    for (let tabs = 0; tabs <= keptAt; tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const none = Array(13).fill('none');
    expect(await ask(page, sorts)).toEqual(none.with(keptAt, 'ascending'));
    expect(await ask(page, texts)).toEqual(['62', '62', '62', '62', '91', '97', '100', '–']);
    await page.keyboard.press('Space');
    expect(await ask(page, sorts)).toEqual(none.with(keptAt, 'descending'));
    expect(await ask(page, texts)).toEqual(['100', '97', '91', '62', '62', '62', '62', '–']);
    await page.close();
  });
});

describe('text of the result', () => {
  test('is shown letter by letter and runs nothing', async () => {
    const { page } = await open(browser, await renderHtml(hostile), looks[0]);
    expect(await ask(page, 'document.scripts.length')).toBe(1);
    expect(await ask(page, 'document.links.length')).toBe(1); // to the figures
    expect(await ask(page, 'document.querySelector(".facts").textContent')).toContain(
      '<script>alert(1)</script> `id` @everyone',
    );
    await page.close();
  });

  test('could run nothing and load nothing even if it were markup', async () => {
    const html = (await renderHtml(hostile)).replace(
      '<main>',
      '<main><script>document.title = "ran"</script><img src="http://127.0.0.1:9/x.png" alt="">',
    );
    const { page, complaints } = await open(browser, html, looks[0]);
    expect(await page.title()).toMatch(/^Rate limiters compared/);
    expect(complaints).toEqual([
      expect.stringContaining('Executing inline script violates'),
      expect.stringContaining("Loading the image 'http://127.0.0.1:9/x.png' violates"),
    ]);
    await page.close();
  });
});

test('on paper every figure is there, and on the screen all is as it was', async () => {
  const { page } = await open(browser, await renderHtml(resultOf()), looks[1]);
  await ask(
    page,
    'addEventListener("beforeprint", () => { window.printed = document.querySelectorAll("details[open]").length })',
  );
  await page.pdf({ format: 'A4' });
  expect(await ask(page, 'window.printed')).toBe(6);
  expect(await ask(page, 'document.querySelectorAll("details[open]").length')).toBe(0);
  await page.close();
});
