import { UsageError } from '../errors.ts';
import type { Overrides } from '../sim/overrides.ts';
import type { Prepared } from '../sim/prepare.ts';
import type { LoadedScenario } from '../sim/scenario-file.ts';
import { durationOf, streamsOf } from '../sim/streams.ts';
import { arrivalModelOf } from '../traffic/arrivals/index.ts';
import type { RatePiece } from '../traffic/arrivals/model.ts';
import { StreamPlan } from '../traffic/plan.ts';
import type { StreamSpec } from '../traffic/stream-spec.ts';
import { SyntheticTraffic } from '../traffic/synthetic.ts';
import { instantsUs } from './rates.ts';
import { collect, KeyNames, type Schedule, type Workload } from './workload.ts';

export interface Wish {
  readonly hasCosts: boolean;
  /** Absent: rates where every stream is told by its rate, else exact. */
  readonly schedule: 'exact' | 'rate' | undefined;
}

/** What a test of a scenario sends. Closes the source of `prepared`. Throws UsageError. */
export async function workloadOf(
  loaded: LoadedScenario,
  overrides: Overrides,
  prepared: Prepared,
  { hasCosts, schedule }: Wish,
): Promise<{ readonly sent: Workload; readonly total: number }> {
  const names = new KeyNames();
  const plans = overrides.trace || loaded.scenario.trace ? [] : plansOf(loaded, overrides);
  const rates = plans.map((plan) => ratesOf(plan.spec, plan));
  const able = rates.length > 0 && rates.every((pieces) => pieces !== undefined);
  if (schedule === 'rate' && !able) throw new UsageError(noRates(plans, rates));
  const schedules =
    able && schedule !== 'exact'
      ? await Promise.all(plans.map((plan, at) => atRates(plan, rates[at] ?? [], prepared, names, hasCosts)))
      : [{ name: 'replay', requests: await collect(prepared.source, names, hasCosts) }];
  await prepared.source.close();
  const total = schedules.reduce((sum, { requests }) => sum + requests.length, 0);
  if (total === 0) throw new UsageError(`${loaded.name}: brings no request; nothing could be tested`);
  return {
    sent: {
      schedules: uniquelyNamed(schedules),
      keys: names.texts,
      tenants: Math.max(1, prepared.plan.tenants.length),
    },
    total,
  };
}

function plansOf({ scenario }: LoadedScenario, overrides: Overrides): StreamPlan[] {
  const durationUs = durationOf(scenario, overrides);
  return streamsOf(scenario, overrides)
    .map((spec, at) => new StreamPlan(spec, spec.name ?? `stream-${at + 1}`, durationUs))
    .filter(({ sends }) => sends);
}

function ratesOf({ arrivals }: StreamSpec, { span }: StreamPlan): readonly RatePiece[] | undefined {
  return arrivalModelOf(arrivals).rates?.(arrivals, span);
}

function noRates(plans: readonly StreamPlan[], rates: readonly unknown[]): string {
  const which = plans.find((_, at) => rates[at] === undefined);
  return which
    ? `--schedule rate: the arrivals "${which.spec.arrivals.model}" of ${which.name} are more than a rate; write --schedule exact`
    : '--schedule rate: a trace has instants, not rates; write --schedule exact';
}

/** The keys and costs of a stream in their order, at the instants at which k6 will send. */
async function atRates(
  { spec, name, span }: StreamPlan,
  rates: readonly RatePiece[],
  { seed, plan }: Prepared,
  names: KeyNames,
  hasCosts: boolean,
): Promise<Schedule> {
  const source = new SyntheticTraffic({
    seed,
    durationUs: span.stopUs,
    streams: [{ ...spec, name }],
    tenants: plan.tenants,
  });
  const drawn = await collect(source, names, hasCosts);
  const requests = instantsUs(rates).flatMap((dueUs, at) =>
    drawn.length === 0 ? [] : [{ ...drawn[at % drawn.length], dueUs }],
  );
  return { name, requests, rates };
}

/** k6 takes letters, digits, - and _ for names of scenarios; `floor` and `probe` are taken. */
function uniquelyNamed(schedules: readonly Schedule[]): Schedule[] {
  const taken = new Set(['floor', 'probe']);
  return schedules.map((schedule) => {
    const plain = schedule.name.replaceAll(/[^A-Za-z0-9_-]/g, '_');
    let name = plain;
    for (let next = 2; taken.has(name); next++) name = `${plain}_${next}`;
    taken.add(name);
    return { ...schedule, name };
  });
}
