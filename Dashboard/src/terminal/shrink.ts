export const FONT_SIZE = 13;
const SMALLEST_FONT = 4;

/** The size of letters with which a terminal of a given size fits where, at `font`, there is room for another size. */
export function fontToFit(font: number, room: { cols: number; rows: number }, wanted: { cols: number; rows: number }): number {
  const scale = Math.min(room.cols / wanted.cols, room.rows / wanted.rows);
  return Math.min(FONT_SIZE, Math.max(SMALLEST_FONT, Math.floor(font * scale * 2) / 2));
}
