import { Lines } from './lines.tsx';
import { usePaint } from './paint-context.ts';

interface TabBarProps {
  readonly tabs: readonly string[];
  readonly tab: string;
}

/** The tabs with the digits that open them; the open one stands in brackets. */
export function TabBar({ tabs, tab }: TabBarProps) {
  const paint = usePaint();
  const names = tabs.map((name, at) =>
    name === tab ? paint.strong(`[${at + 1} ${name}]`) : paint.faint(` ${at + 1} ${name} `),
  );
  return <Lines lines={[names.join('')]} />;
}
