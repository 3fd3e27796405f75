/** Input that PID 1 may not have got, kept until it is delivered or in doubt. Bounded: what does not fit is not taken. */
export class UnackedInput {
  #pieces: Uint8Array[] = [];
  #base = 0;
  #length = 0;

  constructor(readonly limit: number) {}

  /** The offset of the oldest byte that is kept. */
  get base(): number {
    return this.#base;
  }

  /** The offset behind the newest byte. */
  get end(): number {
    return this.#base + this.#length;
  }

  get length(): number {
    return this.#length;
  }

  /** Keeps a piece. Answers its offset; undefined when there is no room for it. */
  add(bytes: Uint8Array): number | undefined {
    if (this.#length + bytes.length > this.limit) return undefined;
    const offset = this.end;
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    return offset;
  }

  /** Forgets what lies before an offset. */
  trim(offset: number): void {
    let surplus = Math.min(offset, this.end) - this.#base;
    if (surplus <= 0) return;
    this.#base += surplus;
    this.#length -= surplus;
    while (surplus > 0) {
      const first = this.#pieces[0]!;
      if (first.length > surplus) {
        this.#pieces[0] = first.subarray(surplus);
        return;
      }
      surplus -= first.length;
      this.#pieces.shift();
    }
  }

  /** All that is kept, in one piece. */
  rest(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
