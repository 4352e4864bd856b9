/** Where the reader of a plan is, and how keys change it. Pure, so that it is tested without a terminal. */
import type { Action } from '../navigation.ts';

export interface Page {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface Place {
  readonly page: number;
  /** The first line that is shown. */
  readonly top: number;
}

export const firstPlace: Place = { page: 0, top: 0 };

/** The place after an action, when `room` lines are shown at once. Another page is shown from its top. */
export function moved(place: Place, action: Action, pages: readonly Page[], room: number): Place {
  switch (action.kind) {
    case 'tab':
      return action.at < pages.length ? { page: action.at, top: 0 } : place;
    case 'turn':
      return { page: (place.page + action.by + pages.length) % pages.length, top: 0 };
    case 'move': {
      const last = Math.max(0, pages[place.page].lines.length - room);
      return { ...place, top: Math.min(last, Math.max(0, place.top + action.by)) };
    }
    default:
      return place;
  }
}
