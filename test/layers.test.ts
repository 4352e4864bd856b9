import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * What each folder may import beside itself and the files in `src/` that everyone shares. Data flows one way:
 * traffic → engine → meters → result → reporters → command line.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  algorithms: [], // pure: no traffic, no clock, no disk, no printing
  traffic: ['algorithms'],
  stores: ['algorithms'],
  sim: ['algorithms', 'traffic', 'stores'],
  plan: ['algorithms', 'traffic', 'stores', 'sim'], // arithmetic over what others have measured and declared
  loadtest: ['algorithms', 'traffic', 'sim'],
  report: ['algorithms', 'sim', 'plan', 'loadtest'], // reads a finished result, never starts a run
  check: ['algorithms', 'traffic', 'sim', 'report'], // judges finished results, by what the reporters know of their figures
  serve: ['algorithms', 'traffic', 'stores', 'sim'], // decides for others over HTTP
  cli: ['algorithms', 'traffic', 'stores', 'sim', 'plan', 'loadtest', 'report', 'check', 'serve'],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function importsOf(source: string): Import[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && file.includes('/') && !/\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => {
        const target = relative(source, join(source, dirname(file), path));
        return { file, from: topOf(file), to: topOf(target) };
      });
    });
}

/** The folder below `src/`; empty for a file that lies in `src/` itself. */
function topOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

describe('imports point down the ranks', () => {
  const imports = importsOf('src');

  test('there are imports to look at', () => expect(imports.length).toBeGreaterThan(100));

  test.each(Object.entries(mayImport))('%s imports only itself and %j', (folder, allowed) => {
    const wrong = imports.filter(({ from, to }) => from === folder && ![folder, '', ...allowed].includes(to));
    expect(wrong).toEqual([]);
  });

  test('every folder has a rank', () => {
    expect([...new Set(imports.map(({ from }) => from))].sort()).toEqual(Object.keys(mayImport).sort());
  });
});
