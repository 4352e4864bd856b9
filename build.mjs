// Bundles the program into dist/: a bundle starts several times faster than a tree of packages, and what a command
// does not need (Ink, YAML, decompressors) stays in chunks of its own that are loaded when first used.
import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/cli/main.ts', worker: 'src/sim/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  jsx: 'automatic',
  legalComments: 'none',
  // Ink loads its debugger only when DEV is set; the stub keeps it out of the bundle.
  alias: { 'react-devtools-core': './src/cli/tui/no-devtools.ts' },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    PACKAGE_VERSION: JSON.stringify(version),
  },
  // Some packages are CommonJS and call require() for node's own modules.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
