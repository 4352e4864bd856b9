// Runs benchmarks: `npm run bench`, or `npm run bench -- decide traffic` for some. Each is bundled as the program is,
// so that what is measured is what ships.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundling } from '../bundling.mjs';

const wanted = process.argv.slice(2);
const names = (await readdir('bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`no benchmark is called ${unknown.join(', ')}; there are ${names.join(', ')}`);

execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
const folder = await mkdtemp(join(tmpdir(), 'ratelimit-bench-'));
await build({
  ...bundling,
  entryPoints: names.map((name) => `bench/${name}.bench.ts`),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
});
for (const name of wanted.length > 0 ? wanted : names) {
  process.stdout.write(`\n# ${name}\n`);
  execFileSync(process.execPath, ['--expose-gc', join(folder, `${name}.bench.mjs`)], { stdio: 'inherit' });
}
await rm(folder, { recursive: true });
