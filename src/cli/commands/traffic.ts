import { type CommandContext, exampleText } from '../command.ts';
import { addTrafficFlags, type TrafficFlags } from './traffic-flags.ts';

export function addTraffic({ program, io, exitWith }: CommandContext): void {
  const command = program
    .command('traffic')
    .description('Write the synthetic traffic of a scenario as CSV, to pipe into anything')
    .argument('[scenario]', 'a shipped scenario or a YAML file; independent clients when left out');
  addTrafficFlags(command)
    .option('--models', 'list the models that the streams of a scenario are made of')
    .addHelpText(
      'after',
      `${exampleText([
        ['traffic --rate 5k/s --keys 100k --duration 10m > trace.csv', 'independent clients'],
        ['traffic classic | ratelimit decide --algorithm gcra --limit 100/1m', 'a shipped scenario'],
        ['traffic --models', 'arrivals, keys, costs and durations to choose from'],
      ])}

Columns: t_us,key,cost and, where the scenario has them, duration_us. The same seed gives the same bytes.`,
    )
    .action(async (scenario: string | undefined, flags: TrafficFlags & { readonly models?: true }) => {
      const { writeTraffic } = await import('./traffic.run.ts');
      exitWith(await writeTraffic(scenario, flags, io));
    });
}
