/** The gateway sends a piece of up to 64 KiB beyond the window. */
const PIECE = 64 * 1024;
const LARGEST_WINDOW = 256 * 1024;
const SMALLEST_WINDOW = 64 * 1024;
const ACK_SHARE = 4;

/** How many bytes are between the gateway and the screen at most, both ends included: 448 KiB. */
export const IN_FLIGHT_LIMIT = LARGEST_WINDOW + PIECE + SMALLEST_WINDOW + PIECE;

/**
 * Counts output from its arrival until the screen has used it, and says when to acknowledge.
 * A connection that follows another gets a window smaller by what the screen has yet to use, and waits where that is too much.
 */
export class OutputWindow {
  #generation = 0;
  #acked = 0;
  #inFlight = 0;
  #size = LARGEST_WINDOW;

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether another connection may be opened. */
  get hasRoom(): boolean {
    return this.#inFlight <= LARGEST_WINDOW + PIECE;
  }

  /** The `window` of the connection that is about to be opened. */
  open(): number {
    this.#size = Math.max(SMALLEST_WINDOW, LARGEST_WINDOW - this.#inFlight);
    return this.#size;
  }

  /** The next output lies at `offset`; what came before needs no acknowledgement any more. */
  restart(offset: number): void {
    this.#generation++;
    this.#acked = offset;
  }

  /** A piece has come. Call the answer when the screen has used it: it gives the offset to acknowledge now, if any. */
  take(length: number, end: number): () => number | undefined {
    const generation = this.#generation;
    this.#inFlight += length;
    return () => {
      this.#inFlight -= length;
      if (generation !== this.#generation || end - this.#acked < this.#size / ACK_SHARE) return undefined;
      this.#acked = end;
      return end;
    };
  }
}
