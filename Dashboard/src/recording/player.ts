import type { Cast, CastEvent } from './asciicast';

export interface PlayerScreen {
  reset(cols: number, rows: number): void;
  resize(cols: number, rows: number): void;
  /** Draws, and resolves when it is on the screen. */
  write(text: string): Promise<void>;
}

export interface PlayerClock {
  now(): number;
  setTimeout(action: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
}

export interface PlayerState {
  playing: boolean;
  speed: number;
  /** The place, in milliseconds from the start. */
  at: number;
  exit: number | undefined;
}

/** Output of one moment is drawn in pieces of so many characters, so that a seek does not stall the page. */
const BATCH = 64 * 1024;
const TICK = 100;

/** Plays a recording on a screen: forward at any speed, and to any place by drawing everything before it. */
export class Player {
  #index = 0;
  #at = 0;
  #playing = false;
  #speed = 1;
  #exit: number | undefined;
  #wall = 0;
  #timer: number | undefined;
  #generation = 0;
  #pending = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(
    readonly cast: Cast,
    readonly screen: PlayerScreen,
    readonly clock: PlayerClock,
    readonly changed: (state: PlayerState) => void,
    /** Pauses without output longer than this, in milliseconds, are cut to it. */
    readonly idleLimit = Infinity,
  ) {
    screen.reset(cast.cols, cast.rows);
    this.#tell();
  }

  get state(): PlayerState {
    return { playing: this.#playing, speed: this.#speed, at: this.#place(), exit: this.#exit };
  }

  play(): void {
    if (this.#playing) return;
    if (this.#index >= this.cast.events.length) void this.seek(0);
    this.#playing = true;
    this.#wall = this.clock.now();
    this.#tell();
    this.#plan();
  }

  pause(): void {
    this.#at = this.#place();
    this.#playing = false;
    this.#stop();
    this.#tell();
  }

  setSpeed(speed: number): void {
    this.#at = this.#place();
    this.#wall = this.clock.now();
    this.#speed = speed;
    this.#tell();
    if (this.#playing) this.#plan();
  }

  /** Goes to a place. Resolves when the screen shows it. */
  seek(at: number): Promise<void> {
    const target = Math.max(0, Math.min(at, this.cast.duration));
    // What is still to be drawn is dropped, so the way there begins at the start again.
    const anew = target < this.#place() || this.#pending > 0;
    const generation = ++this.#generation;
    this.#stop();
    if (anew) {
      this.#index = 0;
      this.#exit = undefined;
      this.#then(generation, () => this.screen.reset(this.cast.cols, this.cast.rows));
    }
    this.#at = target;
    this.#wall = this.clock.now();
    this.#draw(target, generation);
    this.#tell();
    this.#work = this.#work.then(() => {
      if (generation !== this.#generation) return;
      this.#wall = this.clock.now(); // the time that drawing took is not skipped
      if (this.#playing) this.#plan();
    });
    return this.#work;
  }

  /** The next marker or resize after a place, for the keys that jump. */
  nextMarker(direction: 1 | -1): number | undefined {
    const place = this.#place();
    const markers = this.cast.events.filter((event) => event.kind === 'marker');
    const found = direction > 0 ? markers.find((event) => event.at > place + 1) : markers.findLast((event) => event.at < place - 1000);
    return found?.at;
  }

  dispose(): void {
    this.#generation++;
    this.#playing = false;
    this.#stop();
  }

  #place(): number {
    return this.#playing ? Math.min(this.cast.duration, this.#at + (this.clock.now() - this.#wall) * this.#speed) : this.#at;
  }

  #plan(): void {
    this.#stop();
    const generation = this.#generation;
    const next = this.cast.events[this.#index];
    const place = this.#place();
    if (next && next.at - place > this.idleLimit) {
      this.#at = next.at - this.idleLimit;
      this.#wall = this.clock.now();
    }
    const wait = next ? Math.max(0, (next.at - this.#place()) / this.#speed) : Math.max(0, (this.cast.duration - place) / this.#speed);
    this.#timer = this.clock.setTimeout(() => this.#step(generation), Math.min(wait, TICK));
  }

  #step(generation: number): void {
    const place = this.#place();
    this.#draw(place, generation);
    if (this.#index >= this.cast.events.length && place >= this.cast.duration) {
      this.#at = this.cast.duration;
      this.#playing = false;
      this.#tell();
      return;
    }
    this.#tell();
    // What is drawn is waited for: a screen that is slower than the recording makes it play slower, not pile up.
    this.#work = this.#work.then(() => {
      if (generation === this.#generation && this.#playing) this.#plan();
    });
  }

  #draw(until: number, generation: number): void {
    let batch = '';
    const flush = () => {
      const text = batch;
      batch = '';
      if (text) this.#then(generation, () => this.screen.write(text));
    };
    for (let event = this.cast.events[this.#index]; event && event.at <= until; event = this.cast.events[++this.#index]) {
      if (event.kind === 'output') {
        batch += event.text;
        if (batch.length >= BATCH) flush();
      } else if (event.kind === 'resize') {
        flush();
        this.#resize(event, generation);
      } else if (event.kind === 'exit') {
        this.#exit = event.code;
      }
    }
    flush();
  }

  #resize({ cols, rows }: Extract<CastEvent, { kind: 'resize' }>, generation: number): void {
    this.#then(generation, () => this.screen.resize(cols, rows));
  }

  #then(generation: number, action: () => Promise<void> | void): void {
    this.#pending++;
    this.#work = this.#work
      .then(() => (generation === this.#generation ? action() : undefined))
      .finally(() => {
        this.#pending--;
      });
  }

  #stop(): void {
    if (this.#timer !== undefined) this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.changed(this.state);
  }
}
