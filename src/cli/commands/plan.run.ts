import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { parseHeadRoom } from '../../plan/head-room.ts';
import { cheapest, type PlanOptions, plan } from '../../plan/plan.ts';
import { type Prices, providers, readPrices, shippedPrices } from '../../plan/prices.ts';
import { redisConf } from '../../plan/redis-conf.ts';
import type { PlanResult, Pricing } from '../../plan/result.ts';
import { planReporterFor, renderPlanJson, renderPlanText } from '../../report/plan.ts';
import { type Calibration, parseCalibration } from '../../sim/calibration.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { openText } from '../output.ts';
import { textOptions } from '../text-options.ts';
import { version } from '../version.ts';
import { flagged } from './overrides.ts';
import type { PlanFlags } from './plan.ts';
import { wantedOf } from './plan-demand.ts';

const pricings: readonly Pricing[] = ['on-demand', 'reserved', 'spot'];

/** Ends with 1 when nothing fits. */
export async function planCapacity(flags: PlanFlags, io: Io): Promise<ExitCode> {
  if (flags.export !== undefined && flags.export !== 'redis.conf') {
    throw new UsageError(`--export: there is no "${flags.export}"; write redis.conf`);
  }
  const outputs = await openPlanFiles(flags.output ?? []);
  const { options, notes } = await planOptions(flags, io);
  const sized = plan(options);
  const result = { ...sized, notes: [...notes, ...sized.notes] };
  for (const { reporter, file } of outputs) await file.write(reporter(result));
  await write(io.stdout, shown(result, flags, io));
  return result.bill ? exitCode.done : exitCode.checkFailed;
}

function shown(result: PlanResult, flags: PlanFlags, io: Io): string {
  const fitting = cheapest(result.rows.filter(({ fits }) => fits));
  if (flags.export !== undefined && fitting) return redisConf(fitting, result);
  return flags.json ? renderPlanJson(result) : renderPlanText(result, textOptions(io));
}

async function planOptions(
  flags: PlanFlags,
  io: Io,
): Promise<{ options: PlanOptions; notes: readonly string[] }> {
  const headRoom = parseHeadRoom(flags.headRoom ?? []);
  const pricing = flagged('--pricing', flags.pricing, parsePricing);
  const [prices, calibration] = await Promise.all([pricesOf(flags), calibrationOf(flags)]);
  const { demand, selections, notes } = await wantedOf(flags, io);
  const node = flags.node === undefined ? {} : { node: flags.node };
  return {
    options: { version, demand, selections, headRoom, calibration, prices, pricing, ...node },
    notes,
  };
}

function openPlanFiles(paths: readonly string[]) {
  return Promise.all(
    paths.map(async (path) => ({ reporter: planReporterFor(path), file: await openText(path) })),
  );
}

async function pricesOf({ provider, prices }: PlanFlags): Promise<Prices> {
  if (prices !== undefined && provider !== undefined) {
    throw new UsageError('--provider and --prices: each says what things cost; leave one out');
  }
  if (prices !== undefined) return readPrices(prices);
  const known = providers.find((name) => name === (provider ?? 'aws'));
  if (known) return shippedPrices(known);
  throw new UsageError(
    `--provider: there are no prices of "${provider}"; use ${providers.join(' or ')}, or name a file with --prices`,
  );
}

async function calibrationOf({ calibration }: PlanFlags): Promise<Calibration> {
  const path = calibration ?? join(packageRoot(), 'capacity', 'calibration.json');
  const text = await readFile(path, 'utf8').catch(({ message }: Error) => {
    throw new UsageError(
      `--calibration ${path}: cannot be read: ${message}; make one with ratelimit calibrate`,
    );
  });
  return parseCalibration(text, path);
}

function parsePricing(text: string): Pricing {
  const known = pricings.find((pricing) => pricing === text);
  if (known) return known;
  throw new UsageError(`"${text}" is not a kind of pricing; write ${pricings.join(', ')}`);
}
