import { useApp } from 'ink';
import { useCallback, useEffect } from 'react';

/** What leaves the screen; it is left at once as well when `interrupted` is aborted. */
export function useLeave(interrupted: AbortSignal): () => void {
  const { exit } = useApp();
  const leave = useCallback(() => exit(), [exit]);
  useEffect(() => {
    if (interrupted.aborted) leave();
    interrupted.addEventListener('abort', leave);
    return () => interrupted.removeEventListener('abort', leave);
  }, [interrupted, leave]);
  return leave;
}
