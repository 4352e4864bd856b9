import { pathToFileURL } from 'node:url';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { temporaryFile } from '../cli/program.ts';
import { tool } from '../tool.ts';

export function startBrowser(): Promise<Browser> {
  const executablePath = tool(['chromium', 'chromium-browser', 'google-chrome'], 'chromium');
  return launch({ executablePath, args: ['--no-sandbox'] }); // containers run tests as root
}

export interface Seen {
  readonly page: Page;
  /** What the page complained of. */
  readonly complaints: readonly string[];
  /** What it asked for beside itself. */
  readonly requests: readonly string[];
}

export interface Look {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
}

/** Opens a report as a reader would: the file, and nothing else. */
export async function open(browser: Browser, html: string, { scheme, width }: Look): Promise<Seen> {
  const url = pathToFileURL(temporaryFile('report.html', html)).href;
  const page = await browser.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.setViewport({ width, height: 800, isMobile: width < 500 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  return { page, complaints, requests };
}
