/** The newest values of a series, at most `limit` of them. */
export const push = (values: readonly number[], value: number, limit: number): number[] => [...values.slice(Math.max(0, values.length - limit + 1)), value];

/** Makes a rate per second of totals that only grow; a total that shrinks has begun anew. */
export class RateMeter {
  #last: { at: number; total: number } | undefined;

  take(total: number, at: number): number | undefined {
    const last = this.#last;
    this.#last = { at, total };
    if (!last || at <= last.at || total < last.total) return undefined;
    return ((total - last.total) * 1000) / (at - last.at);
  }
}
