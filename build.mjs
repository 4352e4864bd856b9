// Bundles the program into dist/: a bundle starts several times faster than a tree of packages, and what a command
// does not need (Ink, YAML, decompressors) stays in chunks of its own that are loaded when first used.
import { copyFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from './bundling.mjs';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));
const fresh = `dist.${process.pid}`; // beside dist, so that a program that is running never finds it half written

const { metafile } = await build({
  ...bundling,
  entryPoints: { main: 'src/cli/main.ts', worker: 'src/sim/worker.ts' },
  outdir: fresh,
  splitting: true,
  jsx: 'automatic',
  legalComments: 'none', // whole licences are written below
  metafile: true,
  // Ink loads its debugger only when DEV is set; the stub keeps the larger part of it out of the bundle.
  alias: { 'react-devtools-core': './src/cli/tui/no-devtools.ts' },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    PACKAGE_VERSION: JSON.stringify(version),
  },
});
for (const asset of ['report.css', 'report.js'])
  await copyFile(join('src/report/html', asset), join(fresh, asset));
await writeFile(join(fresh, 'THIRD-PARTY-LICENSES.txt'), await licences(metafile));
await rm('dist', { recursive: true, force: true });
await rename(fresh, 'dist');

/** The licences of all packages that went into the bundle. */
async function licences({ inputs }) {
  const folders = Object.keys(inputs).map(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
  );
  const texts = [...new Set(folders.filter(Boolean))].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : 'The package has no licence file.\n';
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
