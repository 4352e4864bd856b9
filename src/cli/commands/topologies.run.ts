import { noneCalled } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { indentedJson } from '../../indented-json.ts';
import { parametersOf } from '../../parameters.ts';
import { policies } from '../../sim/clients/policies/index.ts';
import type { PolicyKind } from '../../sim/clients/policy.ts';
import { fleetSchema } from '../../sim/deployment/deployment.ts';
import type { FaultKind } from '../../sim/deployment/faults/fault.ts';
import { faults } from '../../sim/deployment/faults/index.ts';
import { topologies } from '../../sim/deployment/topologies/index.ts';
import type { TopologyKind } from '../../sim/deployment/topology.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { bullet, paragraph, parameterWords } from '../prose.ts';

export async function showTopologies(
  name: string | undefined,
  { json }: { readonly json?: true },
  io: Io,
): Promise<ExitCode> {
  await write(io.stdout, json ? asJson(name) : name === undefined ? list() : page(find(name)));
  return exitCode.done;
}

type Kind = TopologyKind | FaultKind | PolicyKind;

function find(name: string): Kind {
  const kinds: readonly Kind[] = [...topologies, ...faults, ...policies];
  const found = kinds.find((kind) => kind.name === name);
  if (found) return found;
  const names = kinds.map((kind) => kind.name);
  throw new UsageError(noneCalled('topology, fault or policy', name, names));
}

function list(): string {
  const lines = (kinds: readonly Kind[]) => kinds.map(({ name, title }) => `  ${name.padEnd(21)}${title}`);
  return [
    'Topologies, as --topologies NAME,NAME:setting=value',
    ...lines(topologies),
    '',
    'Faults, as --fault NAME:at=2m:for=30s',
    ...lines(faults),
    '',
    'Clients, as --clients NAME,NAME:setting=value',
    ...lines(policies),
    '',
    '"ratelimit topologies NAME" tells all about one.',
    '',
  ].join('\n');
}

function page(kind: Kind): string {
  const settings = [...parametersOf(kind.params), ...('weakness' in kind ? parametersOf(fleetSchema) : [])];
  return [
    `${kind.name}: ${kind.title}`,
    ...('weakness' in kind ? [`What it lets through\n${paragraph(kind.weakness)}`] : []),
    `Settings, as ${kind.name}:name=value (default)\n${settings.length === 0 ? '  none' : bullet(settings.map(parameterWords))}`,
    ...('sources' in kind && kind.sources.length > 0 ? [`Sources\n${bullet(kind.sources)}`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function asJson(name: string | undefined): string {
  const shown =
    name === undefined
      ? { topologies: topologies.map(data), faults: faults.map(data), clients: policies.map(data) }
      : data(find(name));
  return indentedJson(shown);
}

function data({ params, ...kind }: Kind) {
  const { name, title } = kind;
  const more = {
    ...('weakness' in kind && { weakness: kind.weakness }),
    ...('sources' in kind && { sources: kind.sources }),
  };
  return { name, title, ...more, params: parametersOf(params) };
}
