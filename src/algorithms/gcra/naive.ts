import { admitted, refused } from '../redis/naive.ts';
import { getThenSet, multiWithoutWatch, type NaiveStep } from '../redis/naive-state.ts';
import { ticksToUs } from '../ticks.ts';
import { gcraTicks } from './gcra.ts';

/** The state is TAT in µs, and the rest in ticks. */
const step: NaiveStep = ([tatUs, restTicks] = [0, 0], { nowUs, cost }, quota) => {
  const { perUnit, perUs, depthTicks } = gcraTicks(quota);
  const needTicks = cost * perUnit;
  const aheadTicks = Math.max((tatUs - nowUs) * perUs + restTicks, 0) + needTicks;
  if (aheadTicks > depthTicks) {
    const never = needTicks > depthTicks;
    return {
      decision: refused(never ? Number.POSITIVE_INFINITY : ticksToUs(aheadTicks - depthTicks, perUs)),
    };
  }
  const aheadUs = Math.floor(aheadTicks / perUs);
  const state = [nowUs + aheadUs, aheadTicks - aheadUs * perUs] as const;
  return { decision: admitted, next: { state, lastsUs: aheadTicks / perUs } };
};

export const naive = {
  'get-then-set': { params: {}, sequence: getThenSet(step) },
  'multi-without-watch': { params: {}, sequence: multiWithoutWatch(step) },
};
