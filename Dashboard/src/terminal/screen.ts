import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { SerializeAddon } from '@xterm/addon-serialize';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal, type IMarker } from '@xterm/xterm';
import { gapInWords } from './gap';
import { hasGpu } from './gpu';
import { openLink } from './links';
import { paletteOf } from './palette';
import { ReplyGuard } from './replies';
import { boundSize, type Size } from './size';
import { FONT_SIZE, fontToFit } from './shrink';
import { textOf } from './text';

/** Lines that are kept above the screen. With the window of the attach it bounds the memory of a terminal. */
export const SCROLLBACK = 5000;

/** The terminal reads so much before it looks whether the page has something else to do. */
const SLICE = 16 * 1024;

const FONTS = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

export interface ScreenOptions {
  dark: boolean;
  screenReader: boolean;
  /** Whether a line feed begins a new line by itself, as where PID 1 has no terminal. */
  lineFeeds: boolean;
  label: string;
}

/** The emulator: it draws a container's output and makes input of keys. Nothing in the output can make it do more than draw and answer questions about itself. */
export class Screen {
  readonly terminal: Terminal;
  readonly replies: ReplyGuard;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon();
  readonly #serialize = new SerializeAddon();
  readonly #marks = new Map<IMarker, string>();
  readonly #box: HTMLElement;
  #fixed: Size | undefined;
  #dark: boolean;

  constructor(box: HTMLElement, options: ScreenOptions) {
    this.#box = box;
    this.#dark = options.dark;
    this.terminal = new Terminal({
      allowProposedApi: true, // unicode versions
      convertEol: options.lineFeeds,
      cursorBlink: false,
      fontFamily: FONTS,
      fontSize: FONT_SIZE,
      minimumContrastRatio: 4.5,
      screenReaderMode: options.screenReader,
      scrollback: SCROLLBACK,
      theme: paletteOf(options.dark),
      linkHandler: { activate: (_event, address) => openLink(address), allowNonHttpProtocols: false },
    });
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(this.#search);
    this.terminal.loadAddon(this.#serialize);
    this.terminal.loadAddon(new WebLinksAddon((_event, address) => openLink(address)));
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = '11';
    // A container must not reach the clipboard of who looks at it.
    this.terminal.parser.registerOscHandler(52, () => true);
    this.replies = new ReplyGuard(this.terminal);
    this.terminal.open(box);
    this.terminal.textarea?.setAttribute('aria-label', options.label);
    void this.#accelerate();
  }

  /** Draws bytes, or text. `used` is called when they are on the screen. */
  write(bytes: Uint8Array | string, used?: () => void): void {
    const slice = (from: number, to?: number) => (typeof bytes === 'string' ? bytes.slice(from, to) : bytes.subarray(from, to));
    for (let at = 0; at < bytes.length - SLICE; at += SLICE) this.terminal.write(slice(at, at + SLICE));
    const last = bytes.length === 0 ? 0 : Math.floor((bytes.length - 1) / SLICE) * SLICE;
    this.terminal.write(slice(last), used);
  }

  /** Resolves when all that was written is drawn. */
  drawn(): Promise<void> {
    return new Promise((resolve) => this.terminal.write('', resolve));
  }

  /** Shows that output is missing here, beside the container's own bytes and not among them. */
  gap(lost: number): void {
    // CAN ends an escape sequence that the gap has cut in two; it draws nothing.
    this.terminal.write('\x18', () => {
      const words = gapInWords(lost);
      const marker = this.terminal.registerMarker(0);
      if (!marker) return;
      this.#marks.set(marker, words);
      marker.onDispose(() => this.#marks.delete(marker));
      // None is made while a program has the whole screen; the notices beside the terminal tell it then.
      const decoration = this.terminal.registerDecoration({ marker, anchor: 'right', x: 1, width: Math.min(words.length + 2, this.terminal.cols), layer: 'top' });
      decoration?.onRender((element) => {
        element.classList.add('gap-mark');
        element.textContent = words;
      });
    });
  }

  /** Fills its box, or, where another has set the size, fits that size into it. Answers the size. */
  fit(): { cols: number; rows: number } {
    const room = this.#fit.proposeDimensions();
    if (!room || !Number.isFinite(room.cols) || !Number.isFinite(room.rows)) return this.terminal;
    if (this.#fixed) {
      this.#setFont(fontToFit(this.terminal.options.fontSize ?? FONT_SIZE, room, this.#fixed));
      this.#resize(this.#fixed.cols, this.#fixed.rows);
    } else {
      if (this.#setFont(FONT_SIZE)) return this.fit();
      this.#resize(room.cols, room.rows);
    }
    return this.terminal;
  }

  /** Takes a size that another has set, as far as it is not too large; undefined: the size of the box again. */
  follow(size: Size | undefined): void {
    this.#fixed = size && boundSize(size);
    this.#box.dataset['following'] = String(size !== undefined);
    this.fit();
  }

  get following(): boolean {
    return this.#fixed !== undefined;
  }

  setTheme(dark: boolean): void {
    this.#dark = dark;
    this.terminal.options.theme = paletteOf(dark);
  }

  find(text: string, direction: 'next' | 'previous', incremental = false): boolean {
    if (!text) {
      this.#search.clearDecorations();
      this.terminal.clearSelection();
      return true;
    }
    const decorations = this.#dark
      ? { matchBackground: '#574a12', activeMatchBackground: '#9e6a03', matchOverviewRuler: '#e3b341', activeMatchColorOverviewRuler: '#ffffff' }
      : { matchBackground: '#fff3b0', activeMatchBackground: '#ffd33d', matchOverviewRuler: '#bf8700', activeMatchColorOverviewRuler: '#000000' };
    return direction === 'next' ? this.#search.findNext(text, { incremental, decorations }) : this.#search.findPrevious(text, { decorations });
  }

  endSearch(): void {
    this.#search.clearDecorations();
  }

  /** All text that is kept, gaps included. */
  text(): string {
    const marks = new Map([...this.#marks].map(([marker, words]) => [marker.line, words]));
    return textOf(this.terminal.buffer.normal, this.terminal.buffer.active.type === 'normal' ? marks : new Map());
  }

  /** All that is kept, with colours, as a terminal can show it again. */
  serialized(): string {
    return this.#serialize.serialize();
  }

  dispose(): void {
    this.terminal.dispose();
  }

  #resize(cols: number, rows: number): void {
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(Math.max(2, cols), Math.max(1, rows));
  }

  #setFont(size: number): boolean {
    if (this.terminal.options.fontSize === size) return false;
    this.terminal.options.fontSize = size;
    return true;
  }

  // Without WebGL, or when the browser takes it away, the terminal draws with elements: faster than WebGL that is only imitated.
  async #accelerate(): Promise<void> {
    this.#box.dataset['renderer'] = 'dom';
    if (!hasGpu()) return;
    const { WebglAddon } = await import('@xterm/addon-webgl');
    try {
      const addon = new WebglAddon();
      addon.onContextLoss(() => addon.dispose());
      this.terminal.loadAddon(addon);
      this.#box.dataset['renderer'] = 'webgl';
    } catch {
      this.#box.dataset['renderer'] = 'dom';
    }
  }
}
