import type { Screen } from '../terminal/screen';
import type { PlayerScreen } from './player';

/** The emulator as a player uses it: its size is the recording's, fitted into the page. */
export const castScreen = (screen: Screen): PlayerScreen => ({
  reset(cols, rows) {
    screen.terminal.reset();
    screen.follow({ cols, rows });
  },
  resize: (cols, rows) => screen.follow({ cols, rows }),
  write: (text) => new Promise((resolve) => screen.write(text, resolve)),
});
