import { wallClockMs } from '../src/sim/wall-clock.ts';

/** Millions a second of the fastest of `rounds`: the machine is shared, and what slows a round down is not the code. */
export async function fastest(rounds: number, round: () => number | Promise<number>): Promise<number> {
  let best = 0;
  for (let at = 0; at < rounds; at++) {
    const startedMs = wallClockMs();
    const done = await round();
    best = Math.max(best, done / (wallClockMs() - startedMs) / 1e3);
  }
  return best;
}

export function print(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 1).padStart(8)} ${unit}\n`);
}
