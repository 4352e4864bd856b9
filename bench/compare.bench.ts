/** The whole program: ten algorithms over 100 M synthetic requests, and how long help takes beside bare node. */
import { spawnSync } from 'node:child_process';
import type { RunResult } from '../src/sim/result.ts';
import { wallClockMs } from '../src/sim/wall-clock.ts';
import { fastest, print } from './measure.ts';

const rows =
  'gcra,token-bucket,fixed-window,leaky-bucket,leaky-bucket-queue,sliding-window-counter,sliding-window-log,token-bucket:refill=interval,fixed-window:align=first,sliding-window-counter:sub_windows=10';
const million = Number(process.env.MILLION ?? 100);

const perSecond = (args: readonly string[]) =>
  fastest(15, () => (spawnSync(process.execPath, args).status === 0 ? 1 : 0));
const node = 1e-3 / (await perSecond(['-e', '0']));
const help = 1e-3 / (await perSecond(['bin/ratelimit', '--help']));
print('node -e 0', node, 'ms');
print('ratelimit --help', help, 'ms');
print('ratelimit --help above node -e 0', help - node, 'ms');

const flags = [
  '--rate',
  `${Math.round((million * 1e6) / 600)}/s`,
  '--duration',
  '10m',
  '--keys',
  '100k',
  '--limit',
  '100/1m',
];
const startedMs = wallClockMs();
const program = ['bin/ratelimit', 'compare', ...flags, '--algorithms', rows, '--json', '--quiet'];
const time = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, ...program], {
  maxBuffer: 1 << 28,
  encoding: 'utf8',
});
print(`compare of 10 over ${million}M requests`, (wallClockMs() - startedMs) / 1e3, 's');
if (time.status === 0) {
  print('its largest memory (RSS)', Number(time.stderr.trim()) / 1024, 'MiB');
  const { results }: RunResult = JSON.parse(time.stdout);
  for (const { algorithm, variant, throughput } of results)
    print(`its decide loop, ${algorithm} ${variant}`.trim(), throughput.decisions_per_s / 1e6, 'M/s');
}
