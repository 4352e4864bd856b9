import { type ContractKind, contractOf, describeContract } from './contract.ts';
import type { LimitFigures, RunResult } from './result.ts';
import type { Rule } from './rule.ts';
import { rulesOf, type Scenario } from './scenario.ts';
import type { LoadedScenario } from './scenario-file.ts';

/** What is known of a run before its traffic is opened, and what its figures are held against. */
export interface Terms {
  readonly name: string;
  readonly seed: number;
  readonly rules: readonly Rule[];
  /** The contract of each rule. */
  readonly contracts: readonly ContractKind[];
}

/** What the command line says over the terms of the scenario. */
interface OverTerms {
  readonly limit?: Scenario['limit'];
  readonly seed?: number;
}

export function termsOf({ name, scenario }: LoadedScenario, { limit, seed }: OverTerms): Terms {
  const rules = rulesOf(limit ? { ...scenario, limit } : scenario);
  return {
    name,
    seed: seed ?? scenario.seed,
    rules,
    contracts: rules.map((rule) => scenario.contract ?? contractOf(rule)),
  };
}

/** The seed of the run and those after it. */
export function seedsOf(runs: number, first: number): number[] {
  return Array.from({ length: runs }, (_, at) => first + at);
}

/** The terms as a result has them. */
export function termFigures({
  name,
  seed,
  rules,
  contracts,
}: Terms): Pick<RunResult, 'seed' | 'scenario' | 'contract'> {
  const limits = rules.map(limitFigures);
  const promised = rules.map((rule, at) => describeContract(contracts[at], rule));
  return {
    seed,
    scenario: { name, limit: limits[0], ...(limits.length > 1 && { limits }) },
    contract: promised.length === 1 ? promised[0] : { kind: 'all', contracts: promised },
  };
}

function limitFigures({ quota, per, tenant }: Rule): LimitFigures {
  const { limit, periodUs, burst } = quota;
  return { limit, period_us: periodUs, burst, per, ...(tenant !== undefined && { tenant }) };
}
