import { type CommandContext, exampleText } from '../command.ts';

export function addProfiles({ program, io, exitWith }: CommandContext): void {
  program
    .command('profiles')
    .description("List products' limiters, or tell all about one: parameters, semantics, sources")
    .argument('[name]', 'a profile')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      exampleText([
        ['profiles', 'the list'],
        ['profiles nginx', 'one of them'],
        ['compare --profiles kong-redis,envoy-global,nginx --limit 100/1m', 'as rows of a comparison'],
        ['decide --profile redis-cell --limit 10/1s,burst=5 requests.csv', 'one by one'],
      ]),
    )
    .action(async (name: string | undefined, flags: { readonly json?: true }) => {
      const { showProfiles } = await import('./profiles.run.ts');
      exitWith(await showProfiles(name, flags, io));
    });
}
