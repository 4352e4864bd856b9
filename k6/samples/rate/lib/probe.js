// A client that asks until it is refused, and whether it was treated as it was told.
import { setTimeout } from 'k6/timers';
import { leastRemaining, lowerCased } from './headers.js';

/**
 * The answers up to the first refusal, and whether each was there before the next was asked for. It does not wait long for
 * one: a queue makes whom it admits wait, and is never full for who waits.
 */
export async function askedUntilRefused(target, { key, most, patience_ms: patienceMs }) {
  const pending = [];
  const answers = [];
  const isRefused = () => answers.some((answer) => target.isRefusal(answer));
  let inTurn = true;
  while (pending.length < most && !isRefused()) {
    inTurn = inTurn && answers.length === pending.length;
    pending.push(target.sendAsync(key, 1, 'probe').then((answer) => answers.push(answer)));
    await Promise.race([pending[pending.length - 1], after(patienceMs)]);
  }
  if (!isRefused()) await Promise.all(pending);
  return { answers, inTurn };
}

/** Whether after each answer that said that n remain the next n were admitted. */
export function keepsWord(target, answers) {
  const refusedAt = answers.findIndex((answer) => target.isRefusal(answer));
  return answers.slice(0, Math.max(0, refusedAt)).every((answer, at) => {
    const remaining = leastRemaining(lowerCased(answer.headers), Date.now());
    return remaining === undefined || remaining < refusedAt - at;
  });
}

function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
