import { createContext, useContext } from 'react';
import { type Paint, paintWith } from '../../report/paint.ts';

/** Colours of the whole screen; none unless they are provided. */
export const PaintContext = createContext<Paint>(paintWith(false));

export function usePaint(): Paint {
  return useContext(PaintContext);
}
