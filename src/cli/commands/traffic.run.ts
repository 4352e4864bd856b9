import { ArrivalBatch } from '../../algorithms/batch.ts';
import { UsageError } from '../../errors.ts';
import { prepare } from '../../sim/prepare.ts';
import { trafficModels } from '../../traffic/catalogue.ts';
import type { ModelInfo } from '../../traffic/model.ts';
import type { ArrivalSource } from '../../traffic/source.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { bullet, parameterWords } from '../prose.ts';
import { scenarioFor, trafficOverrides } from './overrides.ts';
import type { TrafficFlags } from './traffic-flags.ts';

const rowsAtOnce = 8192;

export async function writeTraffic(
  name: string | undefined,
  flags: TrafficFlags & { readonly models?: true },
  io: Io,
): Promise<ExitCode> {
  if (flags.models) {
    await write(io.stdout, models());
    return exitCode.done;
  }
  const loaded = await scenarioFor(name, name === undefined ? { rate: '1k/s', ...flags } : flags);
  if (loaded.scenario.trace)
    throw new UsageError(`${loaded.name}: replays a trace; there is no synthetic traffic to write`);
  const { source } = await prepare(loaded, trafficOverrides(flags));
  return writeRows(source, io);
}

async function writeRows(source: ArrivalSource, io: Io): Promise<ExitCode> {
  const batch = new ArrivalBatch(rowsAtOnce);
  const row = source.hasDurations ? rowWithDuration : plainRow;
  await write(io.stdout, `t_us,key,cost${source.hasDurations ? ',duration_us' : ''}\n`);
  const stop = AbortSignal.any([io.signal, io.readerGone]);
  while (!stop.aborted && (await source.next(batch))) {
    let text = '';
    for (let at = 0; at < batch.length; at++) text += row(batch, at, source);
    await write(io.stdout, text);
    await new Promise(setImmediate); // lets a signal in
  }
  return io.signal.aborted ? exitCode.interrupted : exitCode.done;
}

function plainRow({ timeUs, key, cost }: ArrivalBatch, at: number, source: ArrivalSource): string {
  return `${timeUs[at]},${source.keyName(key[at])},${cost[at]}\n`;
}

function rowWithDuration(
  { timeUs, key, cost, durationUs }: ArrivalBatch,
  at: number,
  source: ArrivalSource,
): string {
  return `${timeUs[at]},${source.keyName(key[at])},${cost[at]},${durationUs[at]}\n`;
}

function models(): string {
  return Object.entries(trafficModels)
    .map(([kind, infos]) => `${kind}\n\n${infos.map(describe).join('\n\n')}\n`)
    .join('\n');
}

function describe({ name, title, parameters }: ModelInfo): string {
  const items = parameters.map(parameterWords);
  return `  ${name}: ${title}${items.length === 0 ? '' : `\n${bullet(items).replaceAll(/^/gm, '  ')}`}`;
}
