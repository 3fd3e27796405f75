import { api, ask } from '../api/client';
import { words } from '../api/fault';
import type { ContainerView, ReplayMode } from '../api/types';
import { AttachSession, type AttachListener, type Phase, type Place } from '../attach/session';
import { WholeCharacters } from '../attach/utf8';
import { bytes as inBytes, plural } from '../parts/format';
import { Store } from '../parts/store';
import { bindKeys } from './keys';
import { gapInWords } from './gap';
import { LatencyMeter } from './latency';
import { asksFirst, plainPaste } from './paste';
import { ReplayQuiet } from './quiet';
import type { Screen } from './screen';
import { fits, isLength, tooLargeInWords } from './size';
import { FIRST_STATE, noticed, types, type Mode, type Notice, type TerminalState } from './state';
import { browserWorld } from './world';

/** Output is asked for again this far back when a watcher begins to help or the other way round: what is on the screen already is left out, the rest goes on. */
const OVERLAP = 256 * 1024;
const TAIL = 64 * 1024;
const TITLE_LIMIT = 120;
const PASTE_LIMIT = 512 * 1024;
const STATUS_PERIOD = 250;
/** A connection that has brought something since is not in doubt. */
const QUIET = 2000;
/** Input that has waited for longer is told of: PID 1 does not read, or its node is away. */
const INPUT_PATIENCE = 3000;

const utf8 = new TextEncoder();

export interface ControllerActions {
  /** Leaves the terminal by keyboard. */
  leave(): void;
  search(): void;
  /** Asks before text of several lines is pasted. */
  confirmPaste(text: string): Promise<boolean>;
}

/** One terminal: a container's output on a screen, and keys on their way to its PID 1. */
export class TerminalController {
  readonly state = new Store<TerminalState>(FIRST_STATE);
  #session: AttachSession | undefined;
  /** A session whose end is still being drawn, while the one that goes on after it waits. */
  #leaving: AttachSession | undefined;
  #asking = 0;
  /** Whether the session takes input: one that is to take the place of a watcher's is not there yet. */
  #takesInput = false;
  #characters = { stdout: new WholeCharacters(), stderr: new WholeCharacters() };
  #bytes = 0;
  #heardAt = 0;
  #statusTimer: number | undefined;
  #inputTimer: number | undefined;
  #latency = new LatencyMeter();
  readonly #quiet = new ReplayQuiet(() => performance.now());
  #interruptedAt: number | undefined;
  #disposed = false;
  readonly #observer: ResizeObserver;
  readonly #online = () => this.#session?.retry();

  constructor(
    readonly container: ContainerView,
    readonly box: HTMLElement,
    readonly screen: Screen,
    readonly actions: ControllerActions,
  ) {
    const { terminal } = screen;
    terminal.onData((data) => this.#typed(utf8.encode(data)));
    terminal.onBinary((data) => this.#typed(Uint8Array.from(data, (character) => character.charCodeAt(0))));
    terminal.onTitleChange((title) => this.#set({ title: title.slice(0, TITLE_LIMIT) }));
    terminal.onResize(({ cols, rows }) => this.#set({ size: { cols, rows } }));
    terminal.textarea?.addEventListener('paste', this.#pasted, { capture: true });
    terminal.element?.addEventListener('paste', this.#pasted, { capture: true });
    bindKeys(terminal, {
      leave: actions.leave,
      search: actions.search,
      copy: () => void this.copySelection(),
      types: () => types(this.state.value),
    });
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(box);
    window.addEventListener('online', this.#online);
    this.#fit();
  }

  /** Attaches. From one mode to the other the screen goes on where it is, unless it is to begin `anew`, as with another choice of replay. */
  async attach(mode: Mode, replay: ReplayMode, anew = false): Promise<void> {
    const before = this.#session ?? this.#leaving;
    const { mode: modeBefore, replay: replayBefore } = this.state.value;
    const asking = ++this.#asking;
    const goesOn = !anew && before?.place !== undefined && (stands(before) || before === this.#leaving);
    this.#set({ mode, replay, phase: { name: 'asking' } });
    const { container } = this;
    try {
      const answer = await ask(
        api.POST('/api/v1/containers/{reference}/attach', {
          params: { path: { reference: container.id } },
          body: {
            stdin: mode === 'help' && container.stdin === true,
            stdout: true,
            stderr: container.tty !== true,
            tty: container.tty === true,
            role: mode === 'help' ? 'peer' : 'observer',
            client: 'dashboard',
            exitStatus: true,
            ...(goesOn ? { replay: 'tail', replayBytes: OVERLAP } : { replay, ...(replay === 'tail' ? { replayBytes: TAIL } : {}) }),
          },
        }),
      );
      if (asking !== this.#asking || this.#disposed) return;
      if (!(await this.#leave(goesOn, asking))) return;
      this.#begin(answer.url, answer.session, goesOn ? before.place : undefined, goesOn ? 'none' : replay);
    } catch (fault) {
      if (asking !== this.#asking || this.#disposed) return;
      if (before && stands(before)) {
        this.#set({ mode: modeBefore, replay: replayBefore, phase: before.phase });
        this.#notice(words(fault), 'warning');
      } else {
        this.#leaving = undefined;
        this.#set({ phase: { name: 'ended', end: { cause: 'failed', words: words(fault), again: true } } });
      }
    }
  }

  detach(): void {
    this.#asking++;
    this.#leaving = undefined;
    if (this.#session && stands(this.#session)) this.#session.detach();
    else this.#set({ phase: { name: 'idle' } });
  }

  /** Tries to come back now. */
  retry(): void {
    this.#session?.retry();
  }

  /** The gateway has fallen silent elsewhere on the page. A browser does not tell a dead connection from a quiet one, and coming back costs nothing: a connection that is quiet is replaced. */
  doubtConnection(): void {
    if (this.#session?.phase.name === 'live' && performance.now() - this.#heardAt > QUIET) this.#session.retry();
  }

  focus(): void {
    this.screen.terminal.focus();
  }

  async copySelection(): Promise<void> {
    await this.#copy(this.screen.terminal.getSelection());
  }

  async copyAll(): Promise<void> {
    await this.#copy(this.screen.text());
  }

  /** Pastes, after a question where that may run commands. */
  async paste(clipboard: string): Promise<void> {
    const text = plainPaste(clipboard);
    if (!text || !types(this.state.value)) return;
    if (text.length > PASTE_LIMIT) {
      this.#notice(`Not pasted: ${inBytes(text.length)} are more than ${inBytes(PASTE_LIMIT)}.`, 'warning');
      return;
    }
    if (asksFirst(text, this.screen.terminal.modes.bracketedPasteMode) && !(await this.actions.confirmPaste(text))) return;
    this.screen.terminal.paste(text);
  }

  dispose(): void {
    this.#disposed = true;
    this.#session?.detach();
    this.#observer.disconnect();
    window.removeEventListener('online', this.#online);
    window.clearTimeout(this.#statusTimer);
    window.clearTimeout(this.#inputTimer);
    this.screen.dispose();
  }

  /** Ends the session before and waits until the screen has drawn the last of it: none of it may come after a reset, or add to what the next one has under way. Answers whether the next one is still wanted. */
  async #leave(goesOn: boolean, asking: number): Promise<boolean> {
    const before = this.#session;
    this.#session = undefined;
    this.#leaving = goesOn ? (before ?? this.#leaving) : undefined;
    before?.detach();
    await this.screen.drawn();
    if (asking !== this.#asking || this.#disposed) return false;
    this.#leaving = undefined;
    return true;
  }

  #begin(url: string, id: string, shown: Place | undefined, replay: ReplayMode): void {
    this.#takesInput = this.state.value.mode === 'help';
    if (!shown) {
      this.screen.terminal.reset();
      this.#characters = { stdout: new WholeCharacters(), stderr: new WholeCharacters() };
      this.#bytes = 0;
      this.#set({ title: '' });
    }
    this.#delivered(0);
    this.#latency = new LatencyMeter();
    this.#interruptedAt = undefined;
    this.#quiet.end();
    if (replay === 'tail' || replay === 'all') this.#quiet.expect();
    this.screen.follow(undefined);
    const session: AttachSession = new AttachSession({ url, shown: shown && { ...shown } }, this.#listener(() => this.#session === session), browserWorld(this.container));
    this.#session = session;
    this.#set({ session: id, mayType: true, holder: undefined, following: false, latency: undefined, phase: { name: 'connecting' } });
    if (this.#takesInput) session.resize(this.screen.terminal.cols, this.screen.terminal.rows);
    session.open();
  }

  #listener(mine: () => boolean): AttachListener {
    const guarded =
      <A extends unknown[]>(action: (...args: A) => void) =>
      (...args: A) => {
        if (mine() && !this.#disposed) action(...args);
      };
    return {
      phase: guarded((phase) => this.#phase(phase)),
      output: (stream, bytes, used) => {
        if (this.#disposed) return;
        this.#heardAt = performance.now();
        this.#bytes += bytes.length;
        if (this.box.dataset['tap'] !== undefined) this.box.dispatchEvent(new CustomEvent('criattach:bytes', { detail: bytes, bubbles: true }));
        const drawn = this.#quiet.came();
        this.screen.write(this.#characters[stream].take(bytes), () => {
          drawn();
          used();
        });
        this.#statusSoon();
      },
      gap: guarded((lost) => {
        this.#flush();
        this.screen.gap(lost);
        this.#notice(gapInWords(lost), 'warning');
      }),
      delivered: guarded((waiting) => this.#delivered(waiting)),
      doubt: guarded((length) => this.#notice(`${plural(length, 'byte')} of input may or may not have arrived; not sent again.`, 'warning')),
      size: guarded((width, height) => {
        if (!isLength(width) || !isLength(height)) return;
        const size = { cols: width, rows: height };
        this.#session?.forgetSize();
        this.screen.follow(size);
        if (!fits(size)) this.#notice(tooLargeInWords(size), 'warning');
        this.#set({ following: true });
      }),
      right: guarded((mayType, holder) => this.#set({ mayType, holder })),
      latency: guarded((value) => this.#set({ latency: this.#latency.take(value) })),
    };
  }

  #phase(phase: Phase): void {
    if (phase.name === 'interrupted') {
      this.#interruptedAt ??= performance.now();
      this.#quiet.broken();
    }
    if (phase.name === 'live') this.#quiet.greeted();
    if (phase.name === 'live' && this.#interruptedAt !== undefined) {
      const took = (performance.now() - this.#interruptedAt) / 1000;
      this.#interruptedAt = undefined;
      this.#notice(`Interrupted for ${took.toFixed(1)} s; resumed.`, 'note');
    }
    if (phase.name === 'ended') this.#flush();
    this.#set({ phase, bytes: this.#bytes });
  }

  // The rest of a character that was begun does not come any more.
  #flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) this.screen.write(this.#characters[stream].rest());
  }

  #typed(bytes: Uint8Array): void {
    const state = this.state.value;
    if (!types(state) || !this.#session || !this.#takesInput) return;
    if (this.screen.replies.replying) {
      // One terminal answers PID 1's questions: the one whose size counts.
      if (this.screen.following || this.#quiet.holds) return;
    } else {
      this.#quiet.pressed();
      if (this.screen.following) this.#takeSize();
    }
    if (!this.#session.type(bytes)) this.#notice('Not sent: PID 1 does not read, and no more input can wait.', 'warning');
    this.#inputTimer ??= window.setTimeout(() => this.#set({ inputWaits: true }), INPUT_PATIENCE);
  }

  #delivered(waiting: number): void {
    this.#heardAt = performance.now();
    window.clearTimeout(this.#inputTimer);
    this.#inputTimer = waiting > 0 ? window.setTimeout(() => this.#set({ inputWaits: true }), INPUT_PATIENCE) : undefined;
    if (this.state.value.inputWaits) this.#set({ inputWaits: false });
  }

  // Who types has the say over the size.
  #takeSize(): void {
    this.screen.follow(undefined);
    this.#set({ following: false });
    this.#session?.resize(this.screen.terminal.cols, this.screen.terminal.rows);
  }

  #fit(): void {
    const before = `${this.screen.terminal.cols}x${this.screen.terminal.rows}`;
    const { cols, rows } = this.screen.fit();
    if (this.screen.following || !this.#takesInput || before === `${cols}x${rows}`) return;
    this.#session?.resize(cols, rows);
  }

  readonly #pasted = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.paste(event.clipboardData?.getData('text/plain') ?? '');
  };

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch (fault) {
      this.#notice(`Not copied: ${words(fault)}`, 'warning');
    }
  }

  // The counter moves with each frame; people need it four times a second.
  #statusSoon(): void {
    this.#statusTimer ??= window.setTimeout(() => {
      this.#statusTimer = undefined;
      this.#set({ bytes: this.#bytes });
    }, STATUS_PERIOD);
  }

  #notice(text: string, weight: Notice['weight']): void {
    this.#set({ notices: noticed(this.state.value.notices, Date.now(), text, weight) });
  }

  #set(change: Partial<TerminalState>): void {
    if (!this.#disposed) this.state.value = { ...this.state.value, ...change };
  }
}

const stands = (session: AttachSession): boolean => session.phase.name !== 'ended';
