import type { Terminal } from '@xterm/xterm';

/**
 * Tells what the emulator answers by itself (its kind, the cursor's place, colours) from what a person types: both come as its data.
 * An answer is given while the question is read, so it comes in the same task as that; a key never does.
 */
export class ReplyGuard {
  #asked = false;

  constructor(terminal: Terminal) {
    const note = () => {
      this.#asked = true;
      queueMicrotask(() => {
        this.#asked = false;
      });
      return false; // the emulator goes on to answer
    };
    for (const final of ['c', 'n']) {
      terminal.parser.registerCsiHandler({ final }, note);
      terminal.parser.registerCsiHandler({ prefix: '?', final }, note);
      terminal.parser.registerCsiHandler({ prefix: '>', final }, note);
    }
    terminal.parser.registerCsiHandler({ intermediates: '$', final: 'p' }, note);
    terminal.parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, note);
    terminal.parser.registerDcsHandler({ intermediates: '$', final: 'q' }, note);
    for (const code of [4, 10, 11, 12]) terminal.parser.registerOscHandler(code, note);
  }

  /** Whether data that comes now is an answer of the emulator. */
  get replying(): boolean {
    return this.#asked;
  }
}
