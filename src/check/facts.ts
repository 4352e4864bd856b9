/** What two runs must have in common for their figures to be compared one by one. */
import { contractWords, limitSpelling } from '../report/words.ts';
import type { AlgorithmResult, Check, RunResult } from '../sim/result.ts';

/** What of a run its facts are read from; all of it is known before the run. */
export type RunFacts = Pick<RunResult, 'scenario' | 'contract' | 'runs' | 'seed' | 'partial'>;

export interface UnlikeFact {
  readonly fact: string;
  readonly before: string;
  readonly after: string;
}

/** Scenario, limit, contract, seeds and whether it ran to its end, where the two differ. */
export function unlikeFacts(before: RunFacts, after: RunFacts): UnlikeFact[] {
  const known = factsOf(after);
  return factsOf(before)
    .map(([fact, text], at) => ({ fact, before: text, after: known[at][1] }))
    .filter((one) => one.before !== one.after);
}

function factsOf({ scenario, contract, runs, seed, partial }: RunFacts): [string, string][] {
  return [
    ['scenario', scenario.name],
    ['limit', limitSpelling(scenario)],
    ['contract', contractWords(contract)],
    ['seeds', (runs?.seeds ?? [seed]).join(', ')],
    ['traffic', partial ? 'a part, the run was interrupted' : 'all'],
  ];
}

/** What a check or a change says of its row; empty names where it is about the traffic. */
export function rowName(
  row: AlgorithmResult | undefined,
): Pick<Check, 'algorithm' | 'variant' | 'topology' | 'clients'> {
  if (row === undefined) return { algorithm: '', variant: '' };
  const { algorithm, variant, topology, deployment, clients } = row;
  return { algorithm, variant, ...(deployment && { topology }), ...(clients && { clients: clients.label }) };
}

export function isSameRow(one: AlgorithmResult, other: AlgorithmResult): boolean {
  return (
    (['algorithm', 'variant', 'topology'] as const).every((name) => one[name] === other[name]) &&
    one.clients?.label === other.clients?.label
  );
}
