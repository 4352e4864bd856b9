import type { Command } from 'commander';

/** Words as a shell takes them: what it would read otherwise than as it stands is quoted. */
export function shellWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

/** The flags that a command was given, to be typed again; those in `but`, and passwords of addresses, are left out. */
export function givenFlags(command: Command, but: readonly string[]): string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli' || but.includes(name)) return [];
    const value: unknown = command.getOptionValue(name);
    const flag = option.long ?? '';
    return [value].flat().flatMap((one) => (typeof one === 'string' ? [flag, withoutPassword(one)] : [flag]));
  });
}

/** `redis://ann:secret@host` becomes `redis://ann@host`. */
function withoutPassword(text: string): string {
  return text.replace(/^([a-z][a-z+.-]*:\/\/)(.*)@/i, (_, scheme: string, credentials: string) => {
    const [user] = credentials.split(':');
    return user === '' ? scheme : `${scheme}${user}@`;
  });
}
