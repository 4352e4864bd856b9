import type { StoreLimiter } from '../../stores/store.ts';
import { manyAtOnce } from './room.ts';

const decisions = 10_000;
const inFlight = 64;

/**
 * The first decisions of a process are many times slower than the rest; these are made up, and measured by nobody. `limits`: how
 * many there are; `prefix`: what the names of the row's state begin with.
 */
export async function warmUp(
  limiter: StoreLimiter,
  limits: number,
  prefix: string,
  isOver: () => boolean,
): Promise<void> {
  const all = Array.from({ length: limits }, (_, limit) => limit);
  await manyAtOnce(decisions, inFlight, isOver, (request) => {
    const key = request % inFlight;
    const names = all.map((limit) => `${prefix}{warm-up}:${key}:${limit}`);
    return limiter.decide({ limits: all, names, nowUs: 0, cost: 1, durationUs: 0 });
  });
}
