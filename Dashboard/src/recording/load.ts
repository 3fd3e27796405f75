import { ApiFault } from '../api/fault';
import { castUrl, get } from '../api/recordings';
import type { Ref } from '../api/types';

/** Longer recordings are for a player that reads from a file. */
export const CAST_LIMIT = 64 * 1024 * 1024;

/**
 * Loads a recording's text.
 * @throws {ApiFault} It is not there, or too long.
 */
export async function loadCast(ref: Ref, signal: AbortSignal): Promise<string> {
  const response = await get(castUrl(ref), signal);
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  let text = '';
  for (let read = await reader.read(), length = 0; !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > CAST_LIMIT) {
      await reader.cancel();
      throw new ApiFault(0, 'The recording is too long to be played here', 'Download it, and play it with asciinema.');
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}
