// asciicast v3: a JSON object, then one JSON array a line. https://docs.asciinema.org/manual/asciicast/v3/
//
//   {"version": 3, "term": {"cols": 80, "rows": 24}, "timestamp": 1504467315}
//   # a comment
//   [0.248848, "o", "text"]       seconds since the event before; o output, i input, r "80x24", m marker, x exit status

export interface Cast {
  cols: number;
  rows: number;
  /** When it began, in seconds since 1970. */
  timestamp: number | undefined;
  title: string;
  /** Whether it was no terminal that was recorded: then a line feed begins a new line by itself. */
  plain: boolean;
  events: readonly CastEvent[];
  /** In milliseconds. */
  duration: number;
  /** What could not be read: a recording that was cut is shown as far as it goes. */
  fault: string;
}

export type CastEvent =
  | { at: number; kind: 'output'; text: string }
  | { at: number; kind: 'resize'; cols: number; rows: number }
  | { at: number; kind: 'marker'; text: string }
  | { at: number; kind: 'exit'; code: number };

const SIZE_LIMIT = 10_000;

/** The text is no recording at all. */
export class CastFault extends Error {}

/** Reads a recording. Times become milliseconds from its start. Input and kinds of later versions are passed over. */
export function parseCast(text: string): Cast {
  const end = text.indexOf('\n');
  const header = readHeader(end < 0 ? text : text.slice(0, end));
  const events: CastEvent[] = [];
  let at = 0;
  let number = 1;
  let fault = '';
  for (const line of lines(text, end)) {
    number++;
    if (line === '' || line.startsWith('#')) continue;
    const event = readEvent(line);
    if (!event) {
      fault = `Line ${number} cannot be read; what follows is not shown.`;
      break;
    }
    at += event.interval * 1000;
    const read = toEvent(at, event.code, event.data);
    if (read) events.push(read);
  }
  return { ...header, events, duration: at, fault };
}

function* lines(text: string, from: number): Generator<string> {
  let start = from;
  while (start >= 0 && start + 1 < text.length) {
    const end = text.indexOf('\n', start + 1);
    yield text.slice(start + 1, end < 0 ? undefined : end).trimEnd();
    start = end;
  }
}

function readHeader(line: string): Pick<Cast, 'cols' | 'rows' | 'timestamp' | 'title' | 'plain'> {
  const header = readJson(line) as { version?: unknown; timestamp?: unknown; title?: unknown; term?: { cols?: unknown; rows?: unknown; type?: unknown } } | undefined;
  if (typeof header !== 'object' || header === null) throw new CastFault('This is no recording: its first line is not JSON.');
  if (header.version !== 3) throw new CastFault(`This is a recording of version ${String(header.version)}; version 3 is known here.`);
  const { cols, rows, type } = header.term ?? {};
  if (!isSize(cols) || !isSize(rows)) throw new CastFault('The recording does not tell the size of its terminal.');
  return {
    cols,
    rows,
    timestamp: typeof header.timestamp === 'number' ? header.timestamp : undefined,
    title: typeof header.title === 'string' ? header.title : '',
    plain: typeof type !== 'string' || type === '',
  };
}

function readEvent(line: string): { interval: number; code: string; data: string } | undefined {
  const value = readJson(line);
  if (!Array.isArray(value)) return undefined;
  const [interval, code, data] = value as unknown[];
  if (typeof interval !== 'number' || !Number.isFinite(interval) || interval < 0 || typeof code !== 'string') return undefined;
  return { interval, code, data: String(data ?? '') };
}

function toEvent(at: number, code: string, data: string): CastEvent | undefined {
  switch (code) {
    case 'o':
      return { at, kind: 'output', text: data };
    case 'm':
      return { at, kind: 'marker', text: data };
    case 'x':
      return { at, kind: 'exit', code: Number(data) };
    case 'r': {
      const [cols, rows] = data.split('x').map(Number);
      return isSize(cols) && isSize(rows) ? { at, kind: 'resize', cols, rows } : undefined;
    }
    default:
      return undefined;
  }
}

const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0 && (value as number) <= SIZE_LIMIT;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says which line it is
  }
}
