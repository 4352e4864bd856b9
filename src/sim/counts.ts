import type { OutcomeFigures } from './result.ts';

/** Requests and what became of them; wrong decisions are those against the contract on the row's own history. */
export interface Counts {
  requests: number;
  admitted: number;
  overAdmitted: number;
  needlessRejected: number;
}

export function noCounts(): Counts {
  return { requests: 0, admitted: 0, overAdmitted: 0, needlessRejected: 0 };
}

/** Adds `more` to `counts`. */
export function addCounts(counts: Counts, more: Readonly<Counts>): void {
  counts.requests += more.requests;
  counts.admitted += more.admitted;
  counts.overAdmitted += more.overAdmitted;
  counts.needlessRejected += more.needlessRejected;
}

/** Counts as results have them. */
export function countFigures({
  requests,
  admitted,
  overAdmitted,
  needlessRejected,
}: Readonly<Counts>): OutcomeFigures {
  return { requests, admitted, over_admitted: overAdmitted, needless_rejected: needlessRejected };
}
