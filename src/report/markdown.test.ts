import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { checked, classed, deployed, hostile, resultOf, row, rows } from './testing/fixture.ts';

/** As GitHub reads it, but that HTML of the text is let through. */
function htmlOf(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

const wild =
  'a | b `c` **d** _e_ <img src=x> [f](javascript:1) https://example.com www.example.com @g #1 ~h~ $i$ \u202e</details>';
const wildEverywhere = resultOf({
  scenario: { ...resultOf().scenario, name: wild },
  results: [rows[0], row('gcra', { variant: wild })],
  notes: [wild],
  checks: checked.checks!.map((check) => ({ ...check, expectation: wild, expected: wild, reproduce: wild })),
});

describe.each([
  ['a trace', hostile],
  ['checks', checked],
  ['everywhere', wildEverywhere],
  ['a fault', deployed],
  ['classes of clients', classed],
])('text of %s', (_, result) => {
  const html = htmlOf(renderMarkdown(result));

  test('makes no element of its own', () => {
    const elements = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
    const ours = [
      'h1',
      'h2',
      'p',
      'strong',
      'ul',
      'li',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'pre',
      'code',
      'details',
      'summary',
    ];
    expect([...elements].filter((name) => !ours.includes(name))).toEqual([]);
  });

  test('cuts no row of a table', () => {
    for (const [, table] of html.matchAll(/<table>(.*?)<\/table>/gs)) {
      const cells = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, line]) => line.match(/<t[hd]/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  test('mentions nobody and ends no fold', () => {
    expect(renderMarkdown(result).replaceAll(/`+ .*? `+|```[\s\S]*?```/g, '')).not.toMatch(/@\w/);
    expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  });
});

test('broken checks stand first, with how to see them again', () => {
  const markdown = renderMarkdown(checked);
  expect(markdown).toMatch(/^# .*\n\n✗ \*\*1 of 2 checks is broken\.\*\*\n\n\| check /);
  expect(markdown).toMatch(/```sh\nratelimit check .*\n```\n/);
});

test('a comparison of hundreds of rows fits into a comment and says what is left out', () => {
  const results = Array.from({ length: 200 }, (_, at) =>
    row('token-bucket', { variant: `initial=${at}`, over: at }),
  );
  const markdown = renderMarkdown(resultOf({ results }));
  expect(markdown.length).toBeLessThanOrEqual(65_536);
  expect(markdown).toMatch(/\*\*\d+ parts left out:\*\* a comment may have 65536 characters\. .*\n$/);
});
