/** How the program is bundled, its benchmarks too: what is measured is what ships. Options of esbuild. */
export const bundling = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  loader: { '.lua': 'text' },
  minifySyntax: true, // constants of other files become numbers: a loop over the bytes of a log would look them up at each
  // Some packages are CommonJS and call require() for node's own modules.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};
