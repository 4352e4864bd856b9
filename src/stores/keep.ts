import type { StoreClock } from './store.ts';

/** In logical time the clock on the wall says nothing about when state may go; this is the net under a lost run. */
export const logicalKeepMs = 86_400_000;

/** Real seconds for which state is kept that matters for `keepUs` of the run's time. */
export function keepSeconds(clock: StoreClock, keepUs: number): number {
  const speed = clock.kind === 'wall' ? clock.speed : 1;
  return clock.kind === 'logical' ? logicalKeepMs / 1e3 : Math.ceil(keepUs / 1e6 / speed);
}
