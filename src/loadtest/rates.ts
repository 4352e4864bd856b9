/** Arrival rates as the executors of k6 take them, and the instants at which those executors send. */
import type { RatePiece } from '../traffic/arrivals/model.ts';

interface Stage {
  readonly target: number;
  readonly duration: string;
}

/** The part of a k6 scenario that says how often it sends. */
export type RateExecutor =
  | {
      readonly executor: 'constant-arrival-rate';
      readonly rate: number;
      readonly timeUnit: string;
      readonly duration: string;
    }
  | {
      readonly executor: 'ramping-arrival-rate';
      readonly startRate: number;
      readonly timeUnit: string;
      readonly stages: readonly Stage[];
    };

/** k6 wants whole numbers: of the units, the shortest in which the rates are whole but for one part in a thousand. */
const timeUnits = [
  ['1s', 1],
  ['1m', 60],
  ['1h', 3600],
  ['24h', 86_400],
] as const;

/** `pieces` lie one after the other without gaps. A jump between two is a stage that takes no time. */
export function executorOf(pieces: readonly RatePiece[]): RateExecutor {
  const [timeUnit, unitSeconds] =
    timeUnits.find(([, seconds]) => pieces.every(isWholeIn(seconds))) ?? timeUnits[3];
  const rate = (perSecond: number) => Math.round(perSecond * unitSeconds);
  const [first] = pieces;
  if (pieces.length === 1 && first.from === first.to) {
    return { executor: 'constant-arrival-rate', rate: rate(first.from), timeUnit, duration: spelled(first) };
  }
  const stages = pieces.flatMap((piece, at) => [
    ...(at > 0 && pieces[at - 1].to !== piece.from ? [{ target: rate(piece.from), duration: '0s' }] : []),
    { target: rate(piece.to), duration: spelled(piece) },
  ]);
  return { executor: 'ramping-arrival-rate', startRate: rate(first.from), timeUnit, stages };
}

function isWholeIn(seconds: number) {
  return ({ from, to }: RatePiece) =>
    [from, to].every(
      (rate) => Math.abs(Math.round(rate * seconds) - rate * seconds) <= rate * seconds * 1e-3,
    );
}

/** In seconds, as a Go duration. */
function spelled({ startUs, stopUs }: RatePiece): string {
  return `${(stopUs - startUs) / 1e6}s`;
}

/**
 * When those executors send: request n as the integral of the rate reaches n. For a piece of length D that goes from a
 * to b, L(t) = a t + (b - a) t²/(2D), and t is its inverse, 2L / (a + sqrt(a² + 2(b - a)L/D)).
 */
export function instantsUs(pieces: readonly RatePiece[]): number[] {
  const instants: number[] = [];
  let before = 0; // the integral up to the piece
  for (const { startUs, stopUs, from, to } of pieces) {
    const seconds = (stopUs - startUs) / 1e6;
    const total = ((from + to) / 2) * seconds;
    for (let n = instants.length; n - before < total - 1e-9; n++) {
      const integral = Math.max(0, n - before);
      const root = Math.sqrt(Math.max(0, from * from + (2 * (to - from) * integral) / seconds));
      instants.push(startUs + Math.round(((2 * integral) / (from + root || 1)) * 1e6));
    }
    before += total;
  }
  return instants;
}
