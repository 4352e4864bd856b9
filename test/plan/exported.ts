import { ratelimit } from '../cli/program.ts';

const usual = ['plan', '--rps', '100k', '--keys', '5M', '--limit', '100/1m'];

/** What the real program exports; `flags` have the last word. Rejects with what it said when it does not. */
export async function exported(kind: string, ...flags: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await ratelimit([...usual, '--export', kind, ...flags]);
  if (code !== 0 || stderr !== '') throw new Error(`plan --export ${kind} ended with ${code}: ${stderr}`);
  return stdout;
}
