import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import type { Accesses, RunClock, Store, StoreRow } from '../../stores/store.ts';
import type { Overrides } from '../overrides.ts';
import type { ComparisonPlan } from '../plan.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { type OnProgress, overParts } from '../progress.ts';
import { refuseReadOnce } from '../read-again.ts';
import type { RunResult } from '../result.ts';
import { run } from '../run.ts';
import type { LoadedScenario } from '../scenario-file.ts';
import { findAlgorithm, type Selection, selectionName, validParams } from '../selection.ts';
import type { LiveOptions } from './options.ts';
import { StoreEngine } from './store-engine.ts';

export interface OnStoreOptions {
  readonly version: string;
  readonly store: Store;
  /** What the names of all state begin with. */
  readonly prefix: string;
  readonly live: LiveOptions;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/**
 * Sends the traffic to a store once for each row, one row after the other, so that a row has the server for itself and
 * the server's counters tell what that row cost. Throws UsageError when no row can be decided there.
 */
export async function compareOnStore(
  loaded: LoadedScenario,
  overrides: Overrides,
  options: OnStoreOptions,
): Promise<RunResult> {
  const prepared = await prepare(loaded, overrides);
  const { selections, notes } = await orClosed(prepared, async () => {
    const chosen = choose(prepared, options);
    const rows = chosen.selections.length;
    const why = `--store: the traffic is sent once for each of the ${rows} rows, which --algorithms names`;
    if (rows > 1) await refuseReadOnce(loaded, overrides, why);
    return chosen;
  });
  const partOf = overParts(selections.length, options.onProgress);
  const results: RunResult[] = [];
  for (const [at, selection] of selections.entries()) {
    const { source } = at === 0 ? prepared : await prepare(loaded, overrides);
    const onProgress = partOf(at, `${selectionName(selection)}, ${at + 1} of ${selections.length}`);
    const prefix = `${options.prefix}${at}:`;
    results.push(await runRow({ ...prepared, source }, selection, { ...options, prefix, onProgress }));
    const isClear = await options.store.clear();
    if (!isClear) notes.push(leftOver(options));
    if (results[at].partial) break;
  }
  return joined(results, [...options.store.notes, ...notes]);
}

function leftOver({ store, prefix }: OnStoreOptions): string {
  return `What the run wrote to ${store.title}, names that begin with ${prefix}, could not be deleted and goes by its time to live.`;
}

async function runRow(
  prepared: Prepared,
  selection: Selection,
  { store, prefix, live, signal, version, onProgress }: OnStoreOptions,
): Promise<RunResult> {
  const plan = { ...prepared.plan, selections: [selection] };
  const limiter = await orClosed(prepared, () => store.open(rowOf(selection, plan, live.clock)));
  return run({
    ...prepared,
    version,
    plan,
    engine: new StoreEngine(plan, store, limiter, prefix, live, signal),
    signal,
    onProgress,
  });
}

/** Closes the traffic when what is to be done before it is read fails. */
async function orClosed<T>({ source }: Prepared, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The rows that the store can decide; `access=all` stands for every way to ask it. */
function choose({ plan }: Prepared, { store, live }: OnStoreOptions) {
  if (plan.selections.some(({ deployment }) => deployment?.clients)) {
    throw new UsageError('clients are simulated, a store is real: use --clients or --store, not both');
  }
  if (plan.selections.some(({ deployment }) => deployment)) {
    throw new UsageError('a topology is simulated, a store is real: use --topologies or --store, not both');
  }
  const wanted = plan.selections.flatMap((selection) => withEachAccess(selection, store));
  const reasons = wanted.map((selection) => store.whyNot(rowOf(selection, plan, live.clock)));
  const selections = wanted.filter((_, at) => reasons[at] === undefined);
  const notes = [...new Set(reasons.filter((reason) => reason !== undefined))];
  if (selections.length === 0) throw new UsageError(notes.join('\n'));
  return { selections, notes: notes.map((note) => `Left out: ${note}.`) };
}

function withEachAccess(selection: Selection, store: Store): Selection[] {
  const { access, ...plain } = selection;
  if (access === undefined || access === 'atomic') return [plain];
  const accesses = store.accesses(findAlgorithm(selection.algorithm));
  if (access === 'all') return [plain, ...Object.keys(accesses).map((name) => asked(plain, name, accesses))];
  if (Object.hasOwn(accesses, access)) return [asked(plain, access, accesses)];
  const names = ['atomic', 'all', ...Object.keys(accesses)];
  throw new UsageError(
    `${selection.algorithm}: access=${access} is no way to ask ${store.kind};${didYouMean(access, names)} there are ${names.join(', ')}`,
  );
}

/** With the parameters that this way to ask has, where the user has not said otherwise. */
function asked(plain: Selection, access: string, accesses: Accesses): Selection {
  return { ...plain, params: { ...accesses[access], ...plain.params }, access };
}

/** A row of the comparison as a store is told of it. */
export function rowOf(
  { algorithm: name, params, access = 'atomic' }: Selection,
  plan: ComparisonPlan,
  clock: RunClock,
): StoreRow {
  const algorithm = findAlgorithm(name);
  return {
    algorithm,
    params: validParams(algorithm, params),
    access,
    quotas: plan.rules.map(({ quota }) => quota),
    context: plan.context,
    clock,
  };
}

/** The rows' results as one; the traffic is the same in all that were finished. */
function joined(results: readonly RunResult[], notes: readonly string[]): RunResult {
  const last = results[results.length - 1]; // the only one that can be partial
  return {
    ...last,
    traffic: results[0].traffic,
    results: results.flatMap((result) => result.results),
    notes: [...new Set([...results.flatMap((result) => result.notes), ...notes])],
  };
}
