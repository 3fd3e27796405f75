const KEPT = 21;

/** The median of the newest round trips: one that was slow does not make the figure jump. */
export class LatencyMeter {
  #values: number[] = [];

  take(value: number): number {
    this.#values = [...this.#values.slice(-(KEPT - 1)), value];
    const sorted = [...this.#values].sort((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  }
}
