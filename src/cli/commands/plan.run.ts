import { join } from 'node:path';
import { oneOf } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import type { PlanExport } from '../../plan/exports/export.ts';
import { planExportNames, planExports } from '../../plan/exports/index.ts';
import { parseHeadRoom } from '../../plan/head-room.ts';
import { type PlanOptions, plan } from '../../plan/plan.ts';
import { type Prices, providers, readPrices, shippedPrices } from '../../plan/prices.ts';
import type { PlanResult, Pricing } from '../../plan/result.ts';
import { cheapest } from '../../plan/sizing.ts';
import { planReporterFor, renderPlanJson, renderPlanText } from '../../report/plan/index.ts';
import type { Calibration } from '../../sim/calibration.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openText, refuseOverwriting } from '../output.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { wantsTui } from '../wants-tui.ts';
import { readCalibration } from './calibration-file.ts';
import { flagged } from './flagged.ts';
import type { PlanFlags } from './plan.ts';
import { wantedOf } from './plan-demand.ts';
import { withWhatIf } from './plan-what-if.ts';

const pricings: readonly Pricing[] = ['on-demand', 'reserved', 'spot'];

type Shown = (result: PlanResult) => string | Promise<string>;

/** Ends with 1 when nothing fits. */
export async function planCapacity(flags: PlanFlags, io: Io): Promise<ExitCode> {
  const exported = await exportOf(flags);
  await refuseOverwriting(filesOf(flags), flags.output);
  const files = await openFiles(flags.output ?? [], exported ? () => asExport(exported) : planReporterFor);
  const { options, notes } = await planOptions(flags, io);
  const sized = plan(options);
  const { whatIf } = flags;
  const told =
    whatIf === undefined ? sized : flagged('--what-if', whatIf, (text) => withWhatIf(sized, text, options));
  const result = { ...told, notes: [...notes, ...told.notes] };
  if (exported && !result.bill) {
    await write(io.stderr, `Nothing fits, so there is nothing to export.\n\n${shownPlan(result, io)}`);
    return exitCode.checkFailed;
  }
  for (const { shown, file } of files) await file.write(await shown(result));
  if (!exported) await show(result, flags, io);
  else if (files.length === 0) await write(io.stdout, await asExport(exported)(result));
  return result.bill ? exitCode.done : exitCode.checkFailed;
}

async function show(result: PlanResult, flags: PlanFlags, io: Io): Promise<void> {
  if (!wantsTui(flags, io))
    return write(io.stdout, flags.json ? renderPlanJson(result) : shownPlan(result, io));
  const { showPlan } = await import('../tui/plan/index.tsx');
  await showPlan(result, io);
}

function shownPlan(result: PlanResult, io: Io): string {
  return renderPlanText(result, textOptions(io));
}

/** Of the row that was chosen. */
function asExport(exported: PlanExport): Shown {
  return (result) => exported(cheapest(result.rows)!, result); // there is a bill of it
}

async function exportOf({ export: wanted, json }: PlanFlags): Promise<PlanExport | undefined> {
  if (wanted === undefined) return undefined;
  if (json) throw new UsageError('--export and --json: each says what is written; leave one out');
  const name = flagged('--export', wanted, (text) => oneOf('export', text, planExportNames));
  return planExports[name]();
}

async function planOptions(
  flags: PlanFlags,
  io: Io,
): Promise<{ options: PlanOptions; notes: readonly string[] }> {
  const headRoom = flagged('--head-room', flags.headRoom ?? [], parseHeadRoom);
  const pricing = flagged('--pricing', flags.pricing, (text) => oneOf('pricing', text, pricings));
  const [prices, calibration] = await Promise.all([pricesOf(flags), calibrationOf(flags)]);
  const { demand, selections, notes } = await wantedOf(flags, io);
  const node = flags.node === undefined ? {} : { node: flags.node };
  return {
    options: { version, demand, selections, headRoom, calibration, prices, pricing, ...node },
    notes,
  };
}

/** Files that a plan is made from. */
function filesOf({ from, trace = [], calibration, prices }: PlanFlags): string[] {
  return [...trace, ...[from, calibration, prices].filter((file) => file !== undefined)];
}

function openFiles(paths: readonly string[], shownIn: (path: string) => Shown) {
  return Promise.all(paths.map(async (path) => ({ shown: shownIn(path), file: await openText(path) })));
}

async function pricesOf({ provider, prices }: PlanFlags): Promise<Prices> {
  if (prices !== undefined && provider !== undefined) {
    throw new UsageError('--provider and --prices: each says what things cost; leave one out');
  }
  if (prices !== undefined) return readPrices(prices);
  const others = `there are ${providers.join(' and ')}; name a file of others with --prices`;
  return shippedPrices(
    flagged('--provider', provider ?? 'aws', (name) => oneOf('provider', name, providers, others)),
  );
}

function calibrationOf({ calibration }: PlanFlags): Promise<Calibration> {
  return readCalibration(calibration ?? join(packageRoot(), 'capacity', 'calibration.json'));
}
