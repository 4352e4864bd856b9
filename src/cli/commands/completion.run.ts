import type { Command } from 'commander';
import { algorithms } from '../../algorithms/index.ts';
import { policies } from '../../sim/clients/policies/index.ts';
import { faults } from '../../sim/deployment/faults/index.ts';
import { topologies } from '../../sim/deployment/topologies/index.ts';
import { profileNames } from '../../sim/profiles/index.ts';
import { shippedNames } from '../../sim/scenario-file.ts';
import { type ExitCode, exitCode, type Io, write } from '../io.ts';
import { type Shell, shells } from '../shells.ts';

/** What can follow a command: its flags, and names that its first argument may be. */
interface Words {
  readonly command: string;
  readonly description: string;
  readonly flags: readonly { readonly name: string; readonly value: boolean; readonly description: string }[];
  readonly names: readonly string[];
}

export async function printCompletion(shell: Shell, program: Command, io: Io): Promise<ExitCode> {
  const words = await wordsOf(program);
  const scripts = { bash, zsh, fish };
  await write(io.stdout, scripts[shell](words));
  return exitCode.done;
}

async function wordsOf(program: Command): Promise<Words[]> {
  const scenarios = await shippedNames();
  const names: Record<string, readonly string[]> = {
    compare: scenarios,
    check: scenarios,
    tune: scenarios,
    scenarios,
    traffic: scenarios,
    k6: [...scenarios, 'import'],
    algorithms: algorithms.map(({ name }) => name),
    profiles: profileNames,
    topologies: [...topologies, ...faults, ...policies].map(({ name }) => name),
    completion: shells,
  };
  return program.commands.map((command) => ({
    command: command.name(),
    description: command.description(),
    flags: command.options.map(({ long, required, description }) => ({
      name: long ?? '',
      value: required,
      description,
    })),
    names: names[command.name()] ?? [],
  }));
}

function bash(words: readonly Words[]): string {
  const cases = words.map(
    ({ command, flags, names }) =>
      `    ${command}) words="${[...names, ...flags.map(({ name }) => name)].join(' ')}" ;;`,
  );
  return `_ratelimit() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="${words.map(({ command }) => command).join(' ')} --help --version" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${words.map(({ command }) => command).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _ratelimit ratelimit
`;
}

function zsh(words: readonly Words[]): string {
  const commands = words.map(({ command, description }) => `    '${command}:${escaped(description)}'`);
  const cases = words.map(({ command, flags, names }) => {
    const specs = flags.map(({ name, value, description }) => {
      return `'${name}[${escaped(description)}]${value ? ':value:_files' : ''}'`;
    });
    const rest =
      names.length === 0 ? "'*:file:_files'" : `'*:name or file:{ compadd ${names.join(' ')}; _files }'`;
    return `    ${command}) _arguments ${[...specs, rest].join(' ')} ;;`;
  });
  return `#compdef ratelimit
_ratelimit() {
  local -a commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
_ratelimit "$@"
`;
}

function fish(words: readonly Words[]): string {
  const lines = words.flatMap(({ command, description, flags, names }) => [
    `complete -c ratelimit -n __fish_use_subcommand -a ${command} -d '${escaped(description)}'`,
    ...names.map((name) => `complete -c ratelimit -n '__fish_seen_subcommand_from ${command}' -a ${name}`),
    ...flags.map(
      (flag) =>
        `complete -c ratelimit -n '__fish_seen_subcommand_from ${command}' -l ${flag.name.slice(2)}${flag.value ? ' -r' : ''} -d '${escaped(flag.description)}'`,
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

/** Fit for single quotes and for the square brackets and colons of zsh. */
function escaped(text: string): string {
  return text.replaceAll("'", '’').replaceAll(/[[\]:]/g, ' ');
}
