import { useEffect, useState } from 'react';
import type { RunResult } from '../../sim/result.ts';

/** The result as soon as there is one. A run that fails ends the screen with `onFailure`; its error is for the caller. */
export function useRun(running: Promise<RunResult>, onFailure: () => void): RunResult | undefined {
  const [result, setResult] = useState<RunResult>();
  useEffect(() => {
    running.then(setResult, onFailure);
  }, [running, onFailure]);
  return result;
}
