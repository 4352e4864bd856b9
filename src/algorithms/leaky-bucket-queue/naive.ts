/** The state is the backlog, and since when. */
import { drainingStep, getThenSet, multiWithoutWatch } from '../redis/naive-state.ts';

const step = drainingStep({ holdsBack: true });

export const naive = {
  'get-then-set': { params: {}, sequence: getThenSet(step) },
  'multi-without-watch': { params: {}, sequence: multiWithoutWatch(step) },
};
