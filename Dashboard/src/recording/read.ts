import { ApiFault } from '../api/fault';
import { CastReader, type Cast } from './asciicast';

/** Longer recordings are for a player that reads from a file. */
export const CAST_LIMIT = 64 * 1024 * 1024;

/** The page beside which a recording is read. */
export interface ReadingPage {
  now(): number;
  /** Lets the page do something else. */
  turn(): Promise<void>;
}

/** So many bytes are read before the clock is looked at. */
const PIECE = 64 * 1024;

/** After so many milliseconds the page gets its turn. */
const SLICE = 20;

/**
 * Reads a recording's bytes, and gives the page its turn before a task becomes long.
 * @throws {ApiFault} It is too long.
 * @throws {CastFault} It is no recording.
 */
export async function readCast(stream: ReadableStream<Uint8Array>, page: ReadingPage): Promise<Cast> {
  const decoder = new TextDecoder();
  const cast = new CastReader();
  const reader = stream.getReader();
  try {
    let begun = page.now();
    let length = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      if (length > CAST_LIMIT) throw new ApiFault(0, 'The recording is too long to be played here', 'Download it, and play it with asciinema.');
      for (let at = 0; at < read.value.length; at += PIECE) {
        cast.take(decoder.decode(read.value.subarray(at, at + PIECE), { stream: true }));
        if (page.now() - begun < SLICE) continue;
        await page.turn();
        begun = page.now();
      }
    }
    cast.take(decoder.decode());
    return cast.end();
  } catch (fault) {
    await reader.cancel().catch(() => undefined); // what went wrong is told; that nobody reads on needs no telling
    throw fault;
  }
}
