/** `decide` as a whole program, its start included: 2 million rows of 50 thousand keys from a file and from a pipe. */
import { execSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastest, print } from './measure.ts';

const rows = 2_000_000;
const keys = 50_000;

function requests(): string {
  const lines = ['t_us,key,cost'];
  for (let at = 0; at < rows; at++) lines.push(`${at * 97},user-${(at * 7919) % keys},${(at % 11) % 3}`);
  return `${lines.join('\n')}\n`;
}

const folder = await mkdtemp(join(tmpdir(), 'ratelimit-bench-'));
const file = join(folder, 'requests.csv');
await writeFile(file, requests());
const runs = [
  ['gcra, from a file', `gcra < ${file}`],
  ['sliding-window-log, from a file', `sliding-window-log < ${file}`],
  ['gcra, from a pipe', `gcra`, `cat ${file} |`],
  ['gcra, as JSON', `gcra --json < ${file}`],
];
for (const [name, algorithm, from = ''] of runs) {
  const command = `${from} ${process.execPath} bin/ratelimit decide --limit 10/1s --algorithm ${algorithm} > /dev/null`;
  const best = await fastest(3, () => {
    execSync(command);
    return rows;
  });
  print(name, best, 'M rows/s');
}
await rm(folder, { recursive: true });
