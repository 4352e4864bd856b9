/** What keys ask for. */
import type { Key } from 'ink';
import type { Action } from './navigation.ts';

const letters: Readonly<Record<string, Action>> = {
  h: { kind: 'turn', by: -1 },
  l: { kind: 'turn', by: 1 },
  k: { kind: 'move', by: -1 },
  j: { kind: 'move', by: 1 },
  g: { kind: 'move', by: Number.NEGATIVE_INFINITY },
  G: { kind: 'move', by: Number.POSITIVE_INFINITY },
  s: { kind: 'sort' },
  S: { kind: 'reverse' },
  d: { kind: 'details' },
  '?': { kind: 'help' },
  q: { kind: 'quit' },
};

const pageRows = 10;

/** Keys without a letter, by Ink's names. */
const namedKeys = [
  ['leftArrow', { kind: 'turn', by: -1 }],
  ['rightArrow', { kind: 'turn', by: 1 }],
  ['tab', { kind: 'turn', by: 1 }],
  ['upArrow', { kind: 'move', by: -1 }],
  ['downArrow', { kind: 'move', by: 1 }],
  ['pageUp', { kind: 'move', by: -pageRows }],
  ['pageDown', { kind: 'move', by: pageRows }],
  ['home', { kind: 'move', by: Number.NEGATIVE_INFINITY }],
  ['end', { kind: 'move', by: Number.POSITIVE_INFINITY }],
  ['return', { kind: 'details' }],
  ['escape', { kind: 'close' }],
] as const satisfies [keyof Key, Action][];

/** Undefined for keys that mean nothing. */
function actionOf(input: string, key: Partial<Key>): Action | undefined {
  if (key.ctrl) return input === 'c' ? { kind: 'quit' } : undefined;
  if (key.tab && key.shift) return { kind: 'turn', by: -1 };
  const named = namedKeys.find(([name]) => key[name]);
  if (named) return named[1];
  return /^[1-9]$/.test(input) ? { kind: 'tab', at: Number(input) - 1 } : letters[input];
}

const controls: Readonly<Record<string, Partial<Key>>> = {
  '\t': { tab: true },
  '\r': { return: true },
  '\u0003': { ctrl: true },
};

/** Keys that were typed faster than they were read come as one input; each of them counts. */
export function actionsOf(input: string, key: Partial<Key>): Action[] {
  const actions =
    input.length > 1
      ? [...input].map((char) =>
          char === '\u0003' ? actionOf('c', controls[char]) : actionOf(char, controls[char] ?? {}),
        )
      : [actionOf(input, key)];
  return actions.filter((action) => action !== undefined);
}
