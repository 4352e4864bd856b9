import { indentedJson } from '../../indented-json.ts';
import { parametersOf } from '../../parameters.ts';
import { limiterNamed } from '../../sim/profiles/as-algorithm.ts';
import { findProfile, profiles } from '../../sim/profiles/index.ts';
import type { Profile, Semantics } from '../../sim/profiles/profile.ts';
import { findAlgorithm } from '../../sim/selection.ts';
import { formatDuration } from '../../units.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { bullet, paragraph } from '../prose.ts';

export async function showProfiles(
  name: string | undefined,
  { json }: { readonly json?: true },
  io: Io,
): Promise<ExitCode> {
  const shown = name === undefined ? profiles : [findProfile(name)];
  const text = json ? indentedJson(shown.map(asData)) : name === undefined ? list(shown) : page(shown[0]);
  await write(io.stdout, text);
  return exitCode.done;
}

function list(shown: readonly Profile[]): string {
  const nameWidth = Math.max(...shown.map(({ name }) => name.length));
  const statusWidth = Math.max(...shown.map(({ status }) => status.length));
  const lines = shown.map(
    ({ name, status, title }) => `  ${name.padEnd(nameWidth)}  ${status.padEnd(statusWidth)}  ${title}`,
  );
  return `${lines.join('\n')}\n\n"ratelimit profiles NAME" tells all about one.\n`;
}

const headings: Readonly<Record<keyof Semantics, string>> = {
  refused: 'Refused requests',
  window: 'Windows and ties',
  refill: 'Refill',
  burst: 'Burst',
  clock: 'Clock',
  cost: 'Cost',
  rules: 'Several limits',
  state: 'State',
  failure: 'Store failure',
  sync: 'Between nodes',
  headers: 'Told to clients',
};

function page(profile: Profile): string {
  const { name, title, status, settings, semantics, reference, notes, sources } = profile;
  const { idea, weakness } = limiterNamed(profile.algorithm);
  const parameters = parametersOf(findAlgorithm(name).params).map(
    (parameter) => `${parameter.name} (${parameter.default ?? 'not set'}): ${parameter.text}`,
  );
  const axes = Object.entries(headings).map(
    ([axis, heading]) => `${heading}: ${semantics[axis as keyof Semantics]}`, // the keys of `headings`
  );
  return [
    `${name}: ${title}`,
    `Status\n${paragraph(`${status}: ${statusWords[status]}`)}`,
    `How it decides (${profile.algorithm})\n${paragraph(`${idea} ${weakness}`)}`,
    `--limit N/P,burst=B in its own settings\n${paragraph(settings)}`,
    `Parameters, as --param name=value (value here)\n${parameters.length === 0 ? '  none' : bullet(parameters)}`,
    `Semantics\n${bullet(axes)}`,
    `Reference\n${bullet(referenceLines(reference))}`,
    ...(notes.length === 0 ? [] : [`Notes\n${bullet(notes)}`]),
    `Sources\n${bullet(sources)}`,
  ]
    .join('\n\n')
    .concat('\n');
}

const statusWords: Readonly<Record<Profile['status'], string>> = {
  recorded:
    'decides as its source does, and is held request by request against recorded decisions of the real product',
  'source read': 'decides as the source of the product does',
  documented: 'decides as the documents of its owner say; the source is not public',
  modelled: 'a model: its owner publishes neither source nor exact rules',
};

function referenceLines(reference: Profile['reference']) {
  const { store, coordination, gateway, algorithm, storeLatencyUs, topology } = reference;
  return [
    `Store: ${store}, ${formatDuration(storeLatencyUs)} for a decision (typical for its kind)`,
    `Coordination: ${coordination}`,
    `Gateway: ${gateway}`,
    `Algorithm: ${algorithm}`,
    `Topology, as --topologies own takes it: ${topology}`,
  ];
}

function asData({ name, title, status, algorithm, settings, semantics, reference, notes, sources }: Profile) {
  const { storeLatencyUs, ...systems } = reference;
  return {
    name,
    title,
    status,
    algorithm,
    params: parametersOf(findAlgorithm(name).params),
    settings,
    semantics,
    reference: { ...systems, store_latency_us: storeLatencyUs },
    notes,
    sources,
  };
}
