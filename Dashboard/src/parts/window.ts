/** Which rows of a long list are drawn: those in view and some more on both sides. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, total: number, extra = 8): { first: number; last: number } {
  const first = Math.max(0, Math.min(total, Math.floor(scrollTop / rowHeight)) - extra);
  const last = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + extra);
  return { first, last: Math.max(first, last) };
}
