import { type Column, columnsOf } from '../../report/columns/index.ts';
import { markSigns } from '../../report/marks.ts';
import { Lines } from './lines.tsx';
import type { Tab } from './navigation.ts';
import { usePaint } from './paint-context.ts';

interface HelpProps {
  readonly tab: Tab;
  readonly height: number;
}

const keys = [
  ['←→ Tab 1 2 3 …', 'another tab'],
  ['↑↓ j k g G', 'another row; the first, the last'],
  ['Enter d', 'the chosen row in words; again or Esc goes back'],
  ['s S', 'sort by the next column; reverse the order'],
  ['?', 'this page; again or Esc goes back'],
  ['q Ctrl-C', 'quit; the Overview stays in the scrollback'],
] as const;

const nameWidth = 24;

/** The keys, and how to read the columns of the open tab. */
export function Help({ tab, height }: HelpProps) {
  const paint = usePaint();
  const columns: readonly Column[] = tab === 'Timeline' ? [] : columnsOf[tab];
  const lines = [
    paint.strong('KEYS'),
    ...keys.map(([name, meaning]) => line(name, meaning)),
    '',
    paint.strong(`${tab.toUpperCase()}  ${markSigns.best} best and ${markSigns.worst} worst of a column`),
    ...columns.map(({ title, meaning }) => line(title, meaning)),
    ...(tab === 'Timeline' ? ['Requests a second that were offered and that the chosen row admitted.'] : []),
  ];
  return <Lines lines={lines} height={height} />;
}

function line(name: string, meaning: string): string {
  return `${name.padEnd(nameWidth)}${meaning}`;
}
