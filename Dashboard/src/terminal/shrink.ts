export const FONT_SIZE = 13;
const SMALLEST_FONT = 4;
/** A small terminal in a large place is drawn larger, up to this. */
const LARGEST_FONT = 24;

/** The size of letters with which a terminal of a given size fits where, at `font`, there is room for another size. */
export function fontToFit(font: number, room: { cols: number; rows: number }, wanted: { cols: number; rows: number }): number {
  const scale = Math.min(room.cols / wanted.cols, room.rows / wanted.rows);
  return Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, Math.floor(font * scale * 2) / 2));
}
