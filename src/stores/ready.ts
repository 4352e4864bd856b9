import { setTimeout } from 'node:timers/promises';

const askEveryMs = 50;

/** Whether `ask` succeeds; if not at once, tries again for so long, or until the signal is aborted. */
export async function answersWithin(
  ask: () => Promise<unknown>,
  withinMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  for (let waitedMs = 0; !signal?.aborted; waitedMs += askEveryMs) {
    const answered = await ask().then(
      () => true,
      () => false,
    );
    if (answered) return true;
    if (waitedMs >= withinMs) return false;
    await setTimeout(askEveryMs);
  }
  return false;
}
