/** The waits between attempts: 0.1 s, doubled up to a bound, spread by a quarter so that clients of one gateway do not come back at one moment. */
export class Backoff {
  #next: number;

  constructor(
    readonly random: () => number,
    readonly first = 100,
    readonly longest = 2000,
  ) {
    this.#next = first;
  }

  /** How many milliseconds to wait now. */
  take(): number {
    const pause = this.#next;
    this.#next = Math.min(pause * 2, this.longest);
    return Math.round(pause * (0.75 + this.random() / 2));
  }

  reset(): void {
    this.#next = this.first;
  }
}
