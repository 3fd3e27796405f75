/** Output that follows within this time of the output before it is taken for the same replay. */
const PAUSE = 1000;

/** Tells whether questions in the output are old ones: PID 1 put them to a terminal that has answered long ago. */
export class ReplayQuiet {
  #until = -Infinity;
  #undrawn = new Set<symbol>();

  constructor(readonly now: () => number) {}

  /** Whether a question that is read now is not to be answered. */
  get holds(): boolean {
    return this.#undrawn.size > 0 || this.now() < this.#until;
  }

  /** A replay will come with the next hello. */
  expect(): void {
    this.#until = Infinity;
  }

  /** The hello has come. */
  greeted(): void {
    if (this.#until === Infinity) this.#until = this.now() + PAUSE;
  }

  /** The connection broke: what was missing of the replay comes with another one. */
  broken(): void {
    if (this.holds) this.expect();
  }

  /** A piece of output has come. Call the answer when it is drawn. */
  came(): () => void {
    if (!this.holds) return () => {};
    const piece = Symbol();
    this.#undrawn.add(piece);
    return () => {
      if (this.#undrawn.delete(piece) && this.#until !== Infinity) this.#until = this.now() + PAUSE;
    };
  }

  /** A person has pressed a key, so what PID 1 asks now it may well ask because of that. */
  pressed(): void {
    if (this.#until !== Infinity) this.end();
  }

  end(): void {
    this.#until = -Infinity;
    this.#undrawn.clear();
  }
}
