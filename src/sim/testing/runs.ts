/** Plans in the words of the command line, traffic as a list, and whole runs on the calling thread. */
import type { ArrivalBatch } from '../../algorithms/batch.ts';
import type { ArrivalSource, TrafficSummary } from '../../traffic/source.ts';
import { type StreamInput, streamSchema } from '../../traffic/stream-spec.ts';
import { SyntheticTraffic } from '../../traffic/synthetic.ts';
import { parseDuration } from '../../units.ts';
import { type ContractKind, contractOf } from '../contract.ts';
import { InlineEngine } from '../engine.ts';
import type { ComparisonPlan } from '../plan.ts';
import type { AlgorithmResult, RunResult } from '../result.ts';
import { parseRules, type Rule } from '../rule.ts';
import { type RunOptions, run } from '../run.ts';
import { parseSelections, type Selection } from '../selection.ts';
import { type Row, tenantOf, testKeys, testTenants } from './batches.ts';

interface PlanOptions {
  readonly algorithms?: string | readonly Selection[];
  readonly contract?: ContractKind;
  readonly epochUs?: number;
  /** Limits of single tenants. */
  readonly tenantLimits?: Readonly<Record<string, string>>;
  readonly tenants?: readonly string[];
}

export function planOf(limit: string, options: PlanOptions = {}): ComparisonPlan {
  const { algorithms = 'all', contract, epochUs = 0, tenantLimits = {}, tenants = [] } = options;
  const own = Object.entries(tenantLimits).flatMap(([tenant, text]) =>
    parseRules(text).map((rule): Rule => ({ ...rule, tenant })),
  );
  const rules = [...parseRules(limit), ...own];
  return {
    rules,
    contracts: rules.map((rule) => contract ?? contractOf(rule)),
    selections: typeof algorithms === 'string' ? parseSelections(algorithms) : algorithms,
    context: { epochUs },
    tenants,
  };
}

/** The rows of a list, in batches as large as asked for. */
export class ListedTraffic implements ArrivalSource {
  readonly epochUs = 0;
  readonly hasDurations = true;
  closed = 0;
  #next = 0;

  /** `failsAt`: the row at which reading fails. */
  constructor(
    private readonly rows: readonly Row[],
    private readonly failsAt = Number.POSITIVE_INFINITY,
  ) {}

  next(batch: ArrivalBatch): boolean {
    let length = 0;
    for (; length < batch.capacity && this.#next < this.rows.length; length++, this.#next++) {
      if (this.#next >= this.failsAt) throw new Error('the disk is gone');
      const row = this.rows[this.#next];
      batch.timeUs[length] = row.atUs;
      batch.key[length] = row.key;
      batch.tenant[length] = tenantOf(row);
      batch.cost[length] = row.cost;
      batch.durationUs[length] = row.durationUs;
    }
    batch.length = length;
    batch.keys = testKeys;
    batch.tenants = testTenants;
    return length > 0;
  }

  keyName(key: number): string {
    return `key-${key}`;
  }

  summary(): TrafficSummary {
    return { source: 'synthetic', format: 'a list', notes: [] };
  }

  close(): void {
    this.closed++;
  }
}

type RunExtras = Partial<RunOptions> & { readonly rows?: number };

export function runOn(
  source: ArrivalSource,
  plan: ComparisonPlan,
  extras: RunExtras = {},
): Promise<RunResult> {
  const { rows = 1024, ...options } = extras;
  const engine = new InlineEngine(plan, rows);
  return run({ name: 'test', version: '0', seed: 1, plan, source, engine, ...options });
}

/** Synthetic traffic of one stream as a scenario spells it. */
export function streamed(stream: StreamInput, duration: string, seed = 1): SyntheticTraffic {
  return new SyntheticTraffic({
    seed,
    durationUs: parseDuration(duration),
    streams: [streamSchema.parse(stream)],
  });
}

/** What is the same on every machine. */
export function withoutSpeed({ results, ...rest }: RunResult) {
  return { ...rest, results: results.map(({ throughput, ...figures }) => figures) };
}

export function resultOf({ results }: RunResult, algorithm: string, variant = ''): AlgorithmResult {
  const found = results.find((row) => row.algorithm === algorithm && row.variant === variant);
  if (!found) throw new Error(`no row of ${algorithm} ${variant}`);
  return found;
}
