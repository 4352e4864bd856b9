import { type CommandContext, exampleText } from '../command.ts';

export function addTopologies({ program, io, exitWith }: CommandContext): void {
  program
    .command('topologies')
    .description(
      'List where the state of a limiter can lie, what can go wrong there and who sends the requests, or tell all about one',
    )
    .argument('[name]', 'a topology, a fault or a policy of clients')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      exampleText([
        ['topologies', 'the list, with faults and clients'],
        ['topologies synced', 'one of them'],
      ]),
    )
    .action(async (name: string | undefined, flags: { readonly json?: true }) => {
      const { showTopologies } = await import('./topologies.run.ts');
      exitWith(await showTopologies(name, flags, io));
    });
}
