import { type CommandContext, collect, exampleText } from '../command.ts';

export interface ServeFlags {
  readonly algorithm: string;
  readonly limit: string;
  readonly burst?: string;
  readonly param?: readonly string[];
  readonly key: string;
  readonly headers: string;
  readonly store?: string;
  readonly onStoreError?: string;
  readonly host: string;
  readonly port: string;
  readonly otlp?: string;
}

export function addServe({ program, io, exitWith }: CommandContext): void {
  program
    .command('serve')
    .description('Decide for others over HTTP: a reference rate-limiting service')
    .requiredOption('--algorithm <name>', 'the algorithm; "ratelimit algorithms" lists them')
    .requiredOption(
      '--limit <limits>',
      'what is promised: 100/1m, 100/1m,burst=20, or several as 100/1s+5000/1m',
    )
    .option('--burst <n>', 'units at one instant, for the bucket family; the same as ,burst=N in the limit')
    .option('--param <name=value>', 'a parameter of the algorithm; may be repeated', collect)
    .option(
      '--key <place>',
      'where the key of a request is: address, x-forwarded-for[:PROXIES], bearer, header:NAME or query:NAME',
      'address',
    )
    .option(
      '--headers <styles>',
      'how clients are told: draft, draft-7, draft-6, x-ratelimit, joined by commas, or none',
      'draft',
    )
    .option('--store <address>', 'where state lives: redis://host:port/db … ; this process when left out')
    .option(
      '--on-store-error <policy>',
      'requests that the store does not decide are let through (open), refused (closed), or decided in memory (local)',
    )
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <n>', 'where to listen; 0 for a free port', '8080')
    .option('--otlp <url>', 'send traces there; OTEL_EXPORTER_OTLP_ENDPOINT does the same')
    .addHelpText(
      'after',
      `${exampleText([
        ['serve --algorithm gcra --limit 100/1m,burst=20', 'in memory, by address of the client'],
        [
          'serve --algorithm sliding-window-counter --limit 10/1s --key header:x-api-key --store redis://cache.internal',
          'state in Redis',
        ],
      ])}

POST /check decides about {"key", "cost", "tenant", "endpoint"}; every other path decides about the request itself.
/health, /ready and /metrics are for those who run it. Ctrl-C answers what is under way and ends.`,
    )
    .action(async (flags: ServeFlags) => {
      const { runService } = await import('./serve.run.ts');
      exitWith(await runService(flags, io));
    });
}
