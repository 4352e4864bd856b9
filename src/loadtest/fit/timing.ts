/** What the times of answers tell: a queue holds back what it admits. */
import type { Observations } from './observations.ts';

/** Timers of servers count whole milliseconds, and may fire before the last of them is over. */
export const timerUs = 2000;

/** Nats of a decision that is unexplained, where one in a hundred is. */
export const unexplainedNats = Math.log(100);

/**
 * Minus the logarithm of the likelihood of answers that take Laplace-distributed times beyond the limiter's delay. It is the same for
 * all limiters that hold nothing back, and less for a queue only if its delays are those that were seen.
 */
export function timingSurprise(unevenUs: number, answers: number): number {
  return (answers * Math.log(Math.max(unevenUs, timerUs))) / unexplainedNats;
}

/** The same where the limiter explains all of them. */
export function leastTimingSurprise(observations: Observations): number {
  return timingSurprise(0, answerTimesUs(observations).length);
}

/** How far times lie from their mean, on average. */
export function unevennessUs(timesUs: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, each) => sum + each, 0) / Math.max(values.length, 1);
  const meanUs = mean(timesUs);
  return mean(timesUs.map((each) => Math.abs(each - meanUs)));
}

/** The same of the answers to admissions; null where nobody noted them. */
export function unevenAnswersUs(observations: Observations): number | null {
  const tookUs = answerTimesUs(observations);
  return tookUs.length === 0 ? null : unevennessUs(tookUs);
}

function answerTimesUs(observations: Observations): number[] {
  const admitted = observations.flat().filter(({ allowed }) => allowed);
  return admitted.map(({ tookUs }) => tookUs).filter((each) => each !== undefined);
}
