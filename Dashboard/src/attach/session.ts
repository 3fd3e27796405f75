import { Backoff } from './backoff';
import type { Connection, Dial } from './dial';
import { endByStatus, endOf, type AttachEnd } from './end';
import { ProtocolFault, readFrame, writeAck, writeInput, writeResize, type ControlMessage, type Hello, type OutputStream } from './frames';
import { UnackedInput } from './input';
import { OutputWindow } from './window';

export const INPUT_LIMIT = 1024 * 1024;

const INPUT_PIECE = 32 * 1024;
const CONNECT_TIMEOUT = 10_000;
const FIRST_ATTEMPTS = 3;
/** A connection that stood for less is no reason to begin again at once. */
const STABLE = 2000;

/** A place in a container's output. */
export interface Place {
  epoch: number;
  next: number;
}

export type Phase =
  | { name: 'connecting' }
  | { name: 'live' }
  /** Broken. The next attempt comes at `retryAt` (undefined: it is being made); the gateway keeps the session until about `until`. */
  | { name: 'interrupted'; retryAt: number | undefined; until: number; attempts: number }
  | { name: 'ended'; end: AttachEnd };

export interface AttachListener {
  phase(phase: Phase): void;
  /** Output, in order. `used` must be called once, when it is on the screen. */
  output(stream: OutputStream, bytes: Uint8Array, used: () => void): void;
  /** Output is lost here: so many bytes, or -1 where nobody knows. */
  gap(lost: number): void;
  /** PID 1 can read some of the input; so many bytes still wait. */
  delivered(waiting: number): void;
  /** So many bytes of input may or may not have arrived. */
  doubt(bytes: number): void;
  /** Another session has set the terminal's size. */
  size(width: number, height: number): void;
  right(mayType: boolean, holder: string | undefined): void;
  /** How long it took from input until PID 1 had it, or the next output. */
  latency(milliseconds: number): void;
}

export interface AttachWorld {
  dial: Dial;
  now(): number;
  random(): number;
  setTimeout(action: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  /** What the API knows of a session that cannot be resumed: its end; undefined while it may go on. */
  fate(session: string): Promise<AttachEnd | undefined>;
}

export interface AttachStart {
  url: string;
  /** What is on the screen already: what lies before is not shown again, and what is missing after it is a gap. */
  shown?: Place | undefined;
}

/** One attach, over as many connections as it takes (docs/resume-protocol.md). */
export class AttachSession {
  #phase: Phase = { name: 'connecting' };
  #hello: Hello | undefined;
  #connection: Connection | undefined;
  /** Given up and perhaps open yet: the gateway ends them when another stands; until then the session's end must reach it over them. */
  readonly #givenUp = new Set<Connection>();
  #ready = false;
  #timer: number | undefined;
  #attempts = 0;
  #at = 0;
  #brokenSince = 0;
  #stoodSince = 0;
  #asked: { at: number; end: number } | undefined;
  #size: { width: number; height: number } | undefined;
  #restricted = false;
  #farewell: AttachEnd | undefined;
  #place: Place | undefined;
  readonly #input = new UnackedInput(INPUT_LIMIT);
  readonly #window = new OutputWindow();
  readonly #backoff: Backoff;

  constructor(
    readonly start: AttachStart,
    readonly listener: AttachListener,
    readonly world: AttachWorld,
  ) {
    this.#place = start.shown;
    this.#backoff = new Backoff(() => world.random());
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Where the output goes on, once that is known. */
  get place(): Place | undefined {
    return this.#place;
  }

  get id(): string | undefined {
    return this.#hello?.session;
  }

  get inFlight(): number {
    return this.#window.inFlight;
  }

  open(): void {
    this.#connect(this.start.url);
  }

  /** Sends input, or keeps it for the next connection. Answers false when there is no room: nothing of it was taken. */
  type(bytes: Uint8Array): boolean {
    if (this.#phase.name === 'ended' || this.#input.length + bytes.length > this.#input.limit) return false;
    for (let at = 0; at < bytes.length; at += INPUT_PIECE) {
      const piece = bytes.slice(at, at + INPUT_PIECE);
      const offset = this.#input.add(piece)!;
      if (this.#ready) this.#connection?.send(writeInput(offset, piece));
    }
    if (this.#ready) this.#asked ??= { at: this.world.now(), end: this.#input.end };
    return true;
  }

  /** Asks for a size of the terminal, now and after every break. */
  resize(width: number, height: number): void {
    this.#size = { width, height };
    if (this.#ready) this.#connection?.send(writeResize(width, height));
  }

  /** Another session has the say over the size: ours is not asked for after a break. */
  forgetSize(): void {
    this.#size = undefined;
  }

  /** Ends the session for good. */
  detach(): void {
    this.#finish(endOf('clientDetached'));
  }

  /** Tries now instead of at the end of the wait; a connection that stands is replaced, for the network may have changed under it. */
  retry(): void {
    if (this.#phase.name === 'live') this.#lost();
    else if (this.#phase.name === 'interrupted' && this.#phase.retryAt !== undefined) this.#resume();
  }

  #connect(url: string): void {
    this.#clearTimer();
    const query = `window=${this.#window.open()}`;
    const mine = this.world.dial(url + (url.includes('?') ? '&' : '?') + query, {
      opened: () => {},
      message: (data) => {
        if (this.#connection === mine) this.#hear(data);
      },
      closed: () => {
        if (this.#connection === mine) this.#lost();
        this.#givenUp.delete(mine);
      },
    });
    this.#connection = mine;
    this.#timer = this.world.setTimeout(() => {
      if (this.#connection === mine && !this.#ready) this.#lost();
    }, CONNECT_TIMEOUT);
  }

  #lost(): void {
    this.#clearTimer();
    const stood = this.#ready;
    if (this.#connection) {
      this.#connection.abandon();
      this.#givenUp.add(this.#connection);
    }
    this.#connection = undefined;
    this.#ready = false;
    this.#asked = undefined;
    if (this.#phase.name === 'ended') return;
    if (this.#farewell) return this.#finish(this.#farewell);
    if (!this.#hello) return this.#startAgain();
    const now = this.world.now();
    if (stood) {
      this.#at++;
      this.#attempts = 0;
      if (now - this.#stoodSince >= STABLE) {
        this.#backoff.reset();
        this.#brokenSince = now;
        return this.#resume();
      }
      if (this.#phase.name === 'live') this.#brokenSince = now;
      return this.#wait();
    }
    this.#at++;
    this.#ask(this.#hello.session);
    if (now > this.#until()) return this.#finish(endOf('expired'));
    if (this.#attempts % this.#hello.urls.length === 0) this.#wait();
    else this.#resume();
  }

  #startAgain(): void {
    if (++this.#attempts >= FIRST_ATTEMPTS) return this.#finish(endOf('unreachable'));
    this.#timer = this.world.setTimeout(() => this.#connect(this.start.url), this.#backoff.take());
  }

  #wait(): void {
    const pause = this.#backoff.take();
    this.#tell({ name: 'interrupted', retryAt: this.world.now() + pause, until: this.#until(), attempts: this.#attempts });
    this.#timer = this.world.setTimeout(() => this.#resume(), pause);
  }

  #resume(): void {
    this.#clearTimer();
    if (!this.#window.hasRoom) return this.#wait();
    const hello = this.#hello!;
    this.#attempts++;
    this.#tell({ name: 'interrupted', retryAt: undefined, until: this.#until(), attempts: this.#attempts });
    const base = hello.urls[this.#at % hello.urls.length] ?? '';
    const place = this.#place ?? { epoch: hello.epoch, next: hello.offset };
    this.#connect(`${base}${hello.token}?epoch=${place.epoch}&offset=${place.next}&input=${this.#input.end}`);
  }

  /** A browser does not learn whether a refusal was 404 or 503; the API knows whether the session is over. */
  #ask(session: string): void {
    void this.world.fate(session).then((end) => {
      if (end && this.#phase.name === 'interrupted') this.#finish(end);
    });
  }

  #hear(data: Uint8Array): void {
    try {
      const frame = readFrame(data);
      if (frame.kind === 'output') this.#show(frame.stream, frame.offset, frame.bytes);
      else if (frame.kind === 'control') this.#obey(frame.message);
      else if (frame.kind === 'status') this.#farewell ??= endByStatus(frame.status);
    } catch (fault) {
      if (!(fault instanceof ProtocolFault)) throw fault;
      this.#finish({ cause: 'protocolFault', words: `The gateway broke the protocol: ${fault.message}.`, again: true });
    }
  }

  #show(stream: OutputStream, offset: number, bytes: Uint8Array): void {
    const place = this.#place;
    if (!place) throw new ProtocolFault('output came before the hello');
    const known = Math.min(bytes.length, Math.max(0, place.next - offset));
    const end = offset + bytes.length;
    const used = this.#window.take(bytes.length, end);
    const acknowledge = () => {
      const ack = used();
      if (ack !== undefined) this.#connection?.send(writeAck(ack));
    };
    if (known === bytes.length) return acknowledge();
    place.next = end;
    this.#measure(Infinity);
    this.listener.output(stream, bytes.subarray(known), acknowledge);
  }

  #obey(message: ControlMessage): void {
    switch (message.type) {
      case 'hello':
        this.#greet(message);
        break;
      case 'position': {
        const place = this.#place;
        const shown = place?.epoch === message.epoch && message.offset <= place.next;
        if (message.lost !== 0 && !shown) this.listener.gap(message.lost);
        this.#window.restart(message.offset);
        if (!shown) this.#place = { epoch: message.epoch, next: message.offset };
        break;
      }
      case 'delivered':
        this.#input.trim(message.offset);
        this.listener.delivered(this.#input.length);
        this.#measure(message.offset);
        break;
      case 'doubt':
        this.listener.doubt(message.to - message.from);
        this.#input.trim(message.to);
        this.listener.delivered(this.#input.length);
        break;
      case 'move':
        this.#lost();
        break;
      case 'input':
        this.#restricted = !message.mayType || message.holder !== undefined;
        this.listener.right(message.mayType, message.holder);
        break;
      case 'size':
        this.listener.size(message.width, message.height);
        break;
      case 'end':
        this.#farewell = endOf(message.cause, message.message);
        break;
      default: // of a later version
    }
  }

  #greet(hello: Hello): void {
    this.#clearTimer();
    const first = !this.#hello;
    this.#hello = hello;
    const place = this.#place;
    if (place?.epoch !== hello.epoch || hello.offset > place.next) {
      // Coming back, a gap is told by a position; here it lies between what was shown before and a session that is new.
      if (first && place) this.listener.gap(place.epoch === hello.epoch ? hello.offset - place.next : -1);
      this.#place = { epoch: hello.epoch, next: hello.offset };
    }
    this.#window.restart(hello.offset);
    if (this.#restricted) {
      // After a hello all may type unless the gateway says otherwise.
      this.#restricted = false;
      this.listener.right(true, undefined);
    }
    if (hello.doubtBefore > this.#input.base) this.listener.doubt(hello.doubtBefore - this.#input.base);
    this.#input.trim(hello.input);
    this.listener.delivered(this.#input.length);
    this.#ready = true;
    this.#givenUp.clear();
    this.#stoodSince = this.world.now();
    if (this.#size) this.#connection?.send(writeResize(this.#size.width, this.#size.height));
    const rest = this.#input.rest();
    for (let at = 0; at < rest.length; at += INPUT_PIECE) {
      this.#connection?.send(writeInput(this.#input.base + at, rest.subarray(at, at + INPUT_PIECE)));
    }
    this.#tell({ name: 'live' });
  }

  #measure(delivered: number): void {
    if (!this.#asked || delivered < this.#asked.end) return;
    this.listener.latency(this.world.now() - this.#asked.at);
    this.#asked = undefined;
  }

  #until(): number {
    return this.#brokenSince + (this.#hello?.window ?? 0) * 1000;
  }

  #finish(end: AttachEnd): void {
    if (this.#phase.name === 'ended') return;
    this.#clearTimer();
    const connection = this.#connection;
    this.#connection = undefined;
    this.#ready = false;
    connection?.close();
    for (const one of this.#givenUp) one.close();
    this.#givenUp.clear();
    this.#tell({ name: 'ended', end });
  }

  #tell(phase: Phase): void {
    this.#phase = phase;
    this.listener.phase(phase);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.world.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
