import { useEffect, useState } from 'react';

/** What is asked of a terminal's stream. */
export type Terminal = Pick<NodeJS.EventEmitter, 'on' | 'off'> & {
  readonly columns?: number;
  readonly rows?: number;
};

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal's size, followed when it changes. `terminal` is the real one: Ink's own view has no height. */
export function useTerminalSize(terminal: Terminal): TerminalSize {
  const [size, setSize] = useState(() => sizeOf(terminal));
  useEffect(() => {
    const follow = () => setSize(sizeOf(terminal));
    terminal.on('resize', follow);
    return () => {
      terminal.off('resize', follow);
    };
  }, [terminal]);
  return size;
}

/** 80×24 where the terminal does not tell. */
function sizeOf({ columns, rows }: Terminal): TerminalSize {
  return { columns: columns || 80, rows: rows || 24 };
}
