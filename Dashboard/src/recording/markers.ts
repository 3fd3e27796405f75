import type { Marker } from './asciicast';

/** A line is some hundred pixels long: more marks on it cannot be told from each other. */
export const MARKS = 200;

/** How many markers lie at a moment or before it. */
export function countUntil(markers: readonly Marker[], at: number): number {
  let low = 0;
  let high = markers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (markers[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where marks are drawn, in shares of the whole: one for all markers that would stand at the same place. */
export function marksOf(markers: readonly Marker[], duration: number): readonly number[] {
  const places = new Set<number>();
  for (const { at } of markers) places.add(Math.floor((at / Math.max(1, duration)) * (MARKS - 1)));
  return [...places].map((place) => place / (MARKS - 1));
}
