import type { Terminal } from '@xterm/xterm';

export interface KeyActions {
  /** Leaves the terminal, to the controls above it. */
  leave(): void;
  search(): void;
  copy(): void;
  /** Whether keys go to PID 1. */
  types(): boolean;
}

/** The way out of a terminal without a mouse, shown beside it. */
export const LEAVE_KEYS = 'Ctrl+F6';

/** Keys that are the page's own, and, where nothing is typed, those that move through the scrollback. All others are PID 1's or the browser's. */
export function bindKeys(terminal: Terminal, actions: KeyActions): void {
  terminal.attachCustomKeyEventHandler((event) => {
    const own = event.ctrlKey && !event.altKey && !event.metaKey && ownAction(event, actions, terminal);
    if (own) {
      event.preventDefault();
      if (event.type === 'keydown') own();
      return false;
    }
    if (actions.types()) return true;
    // Tab and the browser's own keys go their way; arrows and pages scroll.
    const scroll = SCROLL[event.key];
    if (scroll === undefined || event.ctrlKey || event.altKey || event.metaKey) return false;
    event.preventDefault();
    if (event.type === 'keydown') scroll(terminal);
    return false;
  });
}

const SCROLL: Record<string, ((terminal: Terminal) => void) | undefined> = {
  ArrowUp: (terminal) => terminal.scrollLines(-1),
  ArrowDown: (terminal) => terminal.scrollLines(1),
  PageUp: (terminal) => terminal.scrollPages(-1),
  PageDown: (terminal) => terminal.scrollPages(1),
  Home: (terminal) => terminal.scrollToTop(),
  End: (terminal) => terminal.scrollToBottom(),
};

function ownAction(event: KeyboardEvent, actions: KeyActions, terminal: Terminal): (() => void) | undefined {
  if (event.key === 'F6' || (event.shiftKey && event.key === 'Escape')) return actions.leave;
  if (event.shiftKey && event.code === 'KeyF') return actions.search;
  if (event.shiftKey && event.code === 'KeyC' && terminal.hasSelection()) return actions.copy;
  return undefined;
}
