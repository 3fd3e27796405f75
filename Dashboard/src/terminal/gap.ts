import { count } from '../parts/format';

/** What is shown where output is missing. */
export function gapInWords(lost: number): string {
  if (lost < 0) return '… some output lost …';
  return lost === 1 ? '… 1 byte lost …' : `… ${count(lost)} bytes lost …`;
}
