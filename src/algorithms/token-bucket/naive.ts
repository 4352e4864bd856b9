/** The state is the tokens that the bucket lacks, and since when. */
import { drainingStep, getThenSet, multiWithoutWatch } from '../redis/naive-state.ts';

const step = drainingStep({ holdsBack: false });

export const naive = {
  'get-then-set': { params: {}, sequence: getThenSet(step) },
  'multi-without-watch': { params: {}, sequence: multiWithoutWatch(step) },
};
