import { type Key, useInput, useStdin } from 'ink';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { actionsOf } from './keymap.ts';
import type { Action } from './navigation.ts';

interface KeysProps {
  readonly onAction: (action: Action) => void;
}

/** Reads the keyboard where there is one: without a terminal, raw mode would throw. */
export function Keys({ onAction }: KeysProps) {
  const { isRawModeSupported } = useStdin();
  return isRawModeSupported ? <Keyboard onAction={onAction} /> : null;
}

/** A key counts for what is on the screen when it comes: the handler changes with the frame, not some time after it. */
function Keyboard({ onAction }: KeysProps) {
  const latest = useRef(onAction);
  useLayoutEffect(() => {
    latest.current = onAction;
  }, [onAction]);
  const onInput = useCallback((input: string, key: Key) => {
    for (const action of actionsOf(input, key)) latest.current(action);
  }, []);
  useInput(onInput);
  return null;
}
