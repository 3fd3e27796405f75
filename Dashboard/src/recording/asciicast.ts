// asciicast v3: a JSON object, then one JSON array a line. https://docs.asciinema.org/manual/asciicast/v3/
//
//   {"version": 3, "term": {"cols": 80, "rows": 24}, "timestamp": 1504467315}
//   # a comment
//   [0.248848, "o", "text"]       seconds since the event before; o output, i input, r "80x24", m marker, x exit status

import { boundSize, fits, isLength, tooLargeInWords } from '../terminal/size';

export interface Cast {
  cols: number;
  rows: number;
  /** When it began, in seconds since 1970. */
  timestamp: number | undefined;
  title: string;
  /** Whether it was no terminal that was recorded: then a line feed begins a new line by itself. */
  plain: boolean;
  events: readonly CastEvent[];
  /** Those of the events that are markers. */
  markers: readonly Marker[];
  /** In milliseconds. */
  duration: number;
  /** What could not be read, or is shown otherwise than it was: a recording that was cut is shown as far as it goes. */
  fault: string;
}

export type Marker = Extract<CastEvent, { kind: 'marker' }>;

export type CastEvent =
  | { at: number; kind: 'output'; text: string }
  | { at: number; kind: 'resize'; cols: number; rows: number }
  | { at: number; kind: 'marker'; text: string }
  | { at: number; kind: 'exit'; code: number };

/** A longer line is not read: reading it would stall the page. */
export const LINE_LIMIT = 2 * 1024 * 1024;

/** The text is no recording at all. */
export class CastFault extends Error {}

/** Reads a recording piece by piece. Times become milliseconds from its start. Input and kinds of later versions are passed over. */
export class CastReader {
  #header: CastHeader | undefined;
  readonly #events: CastEvent[] = [];
  readonly #markers: Marker[] = [];
  #at = 0;
  #lines = 0;
  #rest = '';
  #fault = '';
  #broken = false;

  /**
   * Takes the next piece of the text.
   * @throws {CastFault} It is no recording.
   */
  take(piece: string): void {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0 && !this.#broken; end = piece.indexOf('\n', start)) {
      this.#take(piece.slice(start, end));
      start = end + 1;
    }
    if (this.#broken) return;
    this.#rest += piece.slice(start);
    if (this.#rest.length > LINE_LIMIT) this.#take('');
  }

  /**
   * The recording, when its text has no more.
   * @throws {CastFault} It is no recording.
   */
  end(): Cast {
    if (!this.#broken && (this.#rest !== '' || !this.#header)) this.#take('');
    return { ...this.#header!, events: this.#events, markers: this.#markers, duration: this.#at, fault: this.#fault };
  }

  #take(end: string): void {
    const line = this.#rest + end;
    this.#rest = '';
    this.#line(line.length > LINE_LIMIT ? undefined : line.trimEnd());
  }

  #line(line: string | undefined): void {
    this.#lines++;
    if (!this.#header) {
      this.#header = readHeader(line ?? '');
      this.#bound(this.#header);
    } else if (line === undefined) {
      this.#break();
    } else if (line !== '' && !line.startsWith('#')) {
      const event = readEvent(line);
      if (event) this.#add(event);
      else this.#break();
    }
  }

  #add({ interval, code, data }: { interval: number; code: string; data: string }): void {
    this.#at += interval * 1000;
    const event = toEvent(this.#at, code, data);
    if (!event) return;
    if (event.kind === 'resize') this.#bound(event);
    if (event.kind === 'marker') this.#markers.push(event);
    this.#events.push(event);
  }

  #bound(sized: { cols: number; rows: number }): void {
    if (fits(sized)) return;
    this.#fault ||= tooLargeInWords(sized);
    Object.assign(sized, boundSize(sized));
  }

  #break(): void {
    this.#fault = `Line ${this.#lines} cannot be read; what follows is not shown.`;
    this.#broken = true;
    this.#rest = '';
  }
}

type CastHeader = Pick<Cast, 'cols' | 'rows' | 'timestamp' | 'title' | 'plain'>;

function readHeader(line: string): CastHeader {
  const header = readJson(line) as { version?: unknown; timestamp?: unknown; title?: unknown; term?: { cols?: unknown; rows?: unknown; type?: unknown } } | undefined;
  if (typeof header !== 'object' || header === null) throw new CastFault('This is no recording: its first line is not JSON.');
  if (header.version !== 3) throw new CastFault(`This is a recording of version ${String(header.version)}; version 3 is known here.`);
  const { cols, rows, type } = header.term ?? {};
  if (!isLength(cols) || !isLength(rows)) throw new CastFault('The recording does not tell the size of its terminal.');
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
      return isLength(cols) && isLength(rows) ? { at, kind: 'resize', cols, rows } : undefined;
    }
    default:
      return undefined;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says which line it is
  }
}
