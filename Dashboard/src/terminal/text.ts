import type { IBuffer } from '@xterm/xterm';

/** The text of a terminal with its scrollback, wrapped lines joined, and a line of its own for each mark. */
export function textOf(buffer: IBuffer, marks: ReadonlyMap<number, string>): string {
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const mark = marks.get(y);
    if (mark) lines.push(mark);
    const line = buffer.getLine(y);
    if (!line) continue;
    const text = line.translateToString(!buffer.getLine(y + 1)?.isWrapped);
    if (line.isWrapped && !mark && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}
