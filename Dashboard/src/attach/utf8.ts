/**
 * Keeps characters whole where two streams share a screen: the bytes of a character that a piece ends within are held back until the rest comes.
 * What is no UTF-8 passes as it is.
 */
export class WholeCharacters {
  #held: Uint8Array = new Uint8Array(0);

  take(piece: Uint8Array): Uint8Array {
    let bytes = piece;
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#held.length + piece.length);
      bytes.set(this.#held);
      bytes.set(piece, this.#held.length);
    }
    const whole = bytes.length - unfinished(bytes);
    this.#held = bytes.slice(whole);
    return bytes.subarray(0, whole);
  }

  /** What is held when no more comes. */
  rest(): Uint8Array {
    const held = this.#held;
    this.#held = new Uint8Array(0);
    return held;
  }
}

/** How many bytes at the end begin a character that is not complete. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 && byte < 0xf8 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return byte < 0xf8 && length > back ? back : 0;
  }
  return 0;
}
