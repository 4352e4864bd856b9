import type { Algorithm } from '../../algorithms/algorithm.ts';
import { algorithms } from '../../algorithms/index.ts';
import { indentedJson } from '../../indented-json.ts';
import { parametersOf } from '../../parameters.ts';
import { findAlgorithm, spellParams } from '../../sim/selection.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { bullet, paragraph, parameterWords } from '../prose.ts';

export async function showAlgorithms(
  name: string | undefined,
  { json }: { readonly json?: true },
  io: Io,
): Promise<ExitCode> {
  const shown = name === undefined ? algorithms : [findAlgorithm(name)];
  const text = json ? indentedJson(shown.map(asData)) : name === undefined ? list(shown) : page(shown[0]);
  await write(io.stdout, text);
  return exitCode.done;
}

function list(shown: readonly Algorithm[]): string {
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  return `${lines.join('\n')}\n\n"ratelimit algorithms NAME" tells all about one.\n`;
}

function page(algorithm: Algorithm): string {
  const { name, title, idea, weakness, sources, usedBy, variants } = algorithm;
  const parameters = parametersOf(algorithm.params).map(parameterWords);
  return [
    `${name}: ${title}`,
    paragraph(idea),
    `What it lets through\n${paragraph(weakness)}`,
    `Parameters, as --param name=value (default)\n${parameters.length === 0 ? '  none' : bullet(parameters)}`,
    ...(variants.length === 0
      ? []
      : [
          `Variants in "all"\n${bullet(variants.map((variant) => `${variant.name}: ${spellParams(variant.params)}`))}`,
        ]),
    `Used by\n${bullet(usedBy)}`,
    `Sources\n${bullet(sources)}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function asData({
  name,
  title,
  idea,
  weakness,
  sources,
  usedBy,
  variants,
  params,
  needsDurations,
}: Algorithm) {
  return {
    name,
    title,
    idea,
    weakness,
    params: parametersOf(params),
    variants,
    needs_durations: needsDurations,
    used_by: usedBy,
    sources,
  };
}
