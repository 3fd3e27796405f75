import { Backoff } from '../attach/backoff';
import type { FeedMessages } from './types';

export type FeedState =
  /** `again`: it was broken before. */
  | { name: 'connecting'; again: boolean }
  | { name: 'live' }
  /** The next attempt comes at `retryAt`. */
  | { name: 'broken'; retryAt: number };

export type FeedEvent = { [Name in keyof FeedMessages]: { name: Name; data: FeedMessages[Name] } }[keyof FeedMessages];

const NAMES: (keyof FeedMessages)[] = ['hello', 'nodes', 'containers', 'sessions', 'synced', 'gateway'];

/** The gateway says something every 2 s; a connection that is silent for so long is dead. */
const SILENCE = 20_000;

/** A feed that broke sooner after it was complete is no reason to begin with the short waits again: a client that is cut because it is slow would come back for ever. */
const STABLE = 5000;

export interface FeedWorld {
  open(): EventSource;
  now(): number;
  random(): number;
  setTimeout(action: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  /** Called when the feed broke before it told anything: the login may be over. */
  refused(): void;
}

/** The live feed. It starts over with everything each time it connects, and connects again for ever. */
export class Feed {
  #source: EventSource | undefined;
  #timer: number | undefined;
  #heard = false;
  #syncedAt: number | undefined;
  #again = false;
  readonly #backoff: Backoff;

  constructor(
    readonly world: FeedWorld,
    readonly onState: (state: FeedState) => void,
    readonly onEvent: (event: FeedEvent) => void,
  ) {
    this.#backoff = new Backoff(() => world.random(), 500, 15_000);
  }

  open(): void {
    this.close();
    this.#heard = false;
    this.#syncedAt = undefined;
    this.onState({ name: 'connecting', again: this.#again });
    const source = this.world.open();
    this.#source = source;
    for (const name of NAMES) {
      source.addEventListener(name, (event) => this.#hear(name, event as MessageEvent<string>));
    }
    // The browser's own retries have no end that can be shown and none when the answer was an error, so they are not used.
    source.onerror = () => this.#lost();
    this.#watch();
  }

  close(): void {
    this.#source?.close();
    this.#source = undefined;
    if (this.#timer !== undefined) this.world.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #hear(name: keyof FeedMessages, event: MessageEvent<string>): void {
    if (!this.#heard) {
      this.#heard = true;
      this.#again = false;
      this.onState({ name: 'live' });
    }
    if (name === 'synced') this.#syncedAt = this.world.now();
    this.#watch();
    this.onEvent({ name, data: JSON.parse(event.data) } as FeedEvent);
  }

  #watch(): void {
    if (this.#timer !== undefined) this.world.clearTimeout(this.#timer);
    this.#timer = this.world.setTimeout(() => this.#lost(), SILENCE);
  }

  #lost(): void {
    const heard = this.#heard;
    this.#again = true;
    if (this.#syncedAt !== undefined && this.world.now() - this.#syncedAt >= STABLE) this.#backoff.reset();
    this.close();
    const pause = this.#backoff.take();
    this.onState({ name: 'broken', retryAt: this.world.now() + pause });
    this.#timer = this.world.setTimeout(() => this.open(), pause);
    if (!heard) this.world.refused();
  }
}
