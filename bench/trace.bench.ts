/** A combined log of 200 MB: opened, parsed, keys interned, seconds spread, rows in batches; on one core. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArrivalBatch } from '../src/algorithms/batch.ts';
import { openTrace } from '../src/traffic/trace/index.ts';
import { fastest, print } from './measure.ts';

const clients = 50_000;
const megabytes = 200;

/** Lines of about 220 bytes from many clients, some 2000 a second. */
function logText(): Buffer {
  const lines: string[] = [];
  let bytes = 0;
  for (let at = 0; bytes < megabytes * 1e6; at++) {
    const client = (at * 7919) % clients;
    const second = Math.floor(at / 2000);
    const stamp = `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}:${pad(second % 60)}`;
    const line = `10.0.${client >> 8}.${client & 255} - - [24/Nov/2026:${stamp} +0000] "GET /item/${at % 977} HTTP/1.1" 200 ${1000 + (at % 9000)} "https://www.example.com/start" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"\n`;
    bytes += line.length;
    lines.push(line);
  }
  return Buffer.from(lines.join(''));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

const folder = await mkdtemp(join(tmpdir(), 'ratelimit-bench-'));
const file = join(folder, 'access.log');
const text = logText();
await writeFile(file, text);
const batch = new ArrivalBatch(8192);
let requests = 0;
const best = await fastest(5, async () => {
  const source = await openTrace([file], { spread: 'poisson', seed: 1, maxMalformedRatio: 0 });
  requests = 0;
  while (await source.next(batch)) requests += batch.length;
  await source.close();
  return text.length;
});
print('combined log', best, 'MB/s');
print('combined log', (best * requests) / text.length, 'M lines/s');
await rm(folder, { recursive: true });
