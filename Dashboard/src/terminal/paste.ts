/** Text of the clipboard without control characters other than tab and line breaks: an escape sequence in it could end a marked paste, and what follows would be as if typed. */
export const plainPaste = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');

/** Whether pasting may run commands at once: more than one line, and PID 1 has not asked for pastes to be marked as such. */
export const asksFirst = (text: string, bracketed: boolean): boolean => !bracketed && /[\r\n]/.test(text);

/** What a question about a paste says. */
export function describePaste(text: string): { lines: number; preview: string } {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const preview = lines.slice(0, 6).map((line) => (line.length > 80 ? `${line.slice(0, 80)}…` : line));
  if (lines.length > 6) preview.push('…');
  return { lines: lines.length, preview: preview.join('\n') };
}
