import { useInput, useStdin } from 'ink';
import { type Action, actionsOf } from './navigation.ts';

interface KeysProps {
  readonly onAction: (action: Action) => void;
}

/** Reads the keyboard where there is one: without a terminal, raw mode would throw. */
export function Keys({ onAction }: KeysProps) {
  const { isRawModeSupported } = useStdin();
  return isRawModeSupported ? <Keyboard onAction={onAction} /> : null;
}

function Keyboard({ onAction }: KeysProps) {
  useInput((input, key) => {
    for (const action of actionsOf(input, key)) onAction(action);
  });
  return null;
}
