import type { Cast, CastEvent } from './asciicast';
import { countUntil } from './markers';

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

/** Output is drawn in pieces of so many characters or events, so that a seek does not stall the page. */
const BATCH = 64 * 1024;
const BATCH_EVENTS = 20_000;
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
    const generation = ++this.#generation;
    this.#stop();
    this.#at = target;
    this.#wall = this.clock.now();
    this.#draw(target, generation);
    this.#tell();
    this.#work = this.#work.then(() => {
      if (generation !== this.#generation) return;
      this.#tell();
      this.#wall = this.clock.now(); // the time that drawing took is not skipped
      if (this.#playing) this.#plan();
    });
    return this.#work;
  }

  /** The next marker in a direction, for the keys that jump. */
  nextMarker(direction: 1 | -1): number | undefined {
    const place = this.#place();
    const { markers } = this.cast;
    return (direction > 0 ? markers[countUntil(markers, place + 1)] : markers[countUntil(markers, place - 1000) - 1])?.at;
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
    // What is drawn is waited for: a screen that is slower than the recording makes it play slower, not pile up.
    this.#work = this.#work.then(() => {
      if (generation !== this.#generation || !this.#playing) return;
      if (this.#index >= this.cast.events.length && place >= this.cast.duration) {
        this.#at = this.cast.duration;
        this.#playing = false;
      } else {
        this.#plan();
      }
      this.#tell();
    });
  }

  /** Draws up to a moment, after what is being drawn. Another generation ends it between two pieces, so that what is on the screen is always what lies before `#index`. */
  #draw(until: number, generation: number): void {
    this.#work = this.#work.then(async () => {
      if (generation !== this.#generation) return;
      if (until < (this.cast.events[this.#index - 1]?.at ?? 0)) {
        this.#index = 0;
        this.#exit = undefined;
        this.screen.reset(this.cast.cols, this.cast.rows);
      }
      for (let event = this.#due(until); event && generation === this.#generation; event = this.#due(until)) {
        if (event.kind === 'output') {
          await this.screen.write(this.#take(until));
          continue;
        }
        this.#index++;
        if (event.kind === 'exit') this.#exit = event.code;
        if (event.kind !== 'resize') continue;
        this.screen.resize(event.cols, event.rows);
        await this.screen.write(''); // so that many of them are not one task
      }
    });
  }

  #due(until: number): CastEvent | undefined {
    const event = this.cast.events[this.#index];
    return event && event.at <= until ? event : undefined;
  }

  /** The output that comes next, up to another kind of event. */
  #take(until: number): string {
    let batch = '';
    const end = this.#index + BATCH_EVENTS;
    for (let event = this.#due(until); event?.kind === 'output' && this.#index < end && batch.length < BATCH; event = this.#due(until)) {
      batch += event.text;
      this.#index++;
    }
    return batch;
  }

  #stop(): void {
    if (this.#timer !== undefined) this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.changed(this.state);
  }
}
