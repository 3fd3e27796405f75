import { ApiFault, faultOf } from '../api/fault';
import type { Ref } from '../api/types';
import { toLogin } from '../api/login';

/** Longer recordings are for a player that reads from a file. */
export const CAST_LIMIT = 64 * 1024 * 1024;

export const castUrl = (ref: Ref) => `/api/v1/recordings/${encodeURIComponent(ref.node)}/${encodeURIComponent(ref.id)}`;

/**
 * Loads a recording's text.
 * @throws {ApiFault} It is not there, or too long.
 */
export async function loadCast(ref: Ref, signal: AbortSignal): Promise<string> {
  const response = await fetch(castUrl(ref), { credentials: 'same-origin', signal });
  if (response.status === 401) toLogin();
  if (!response.ok) throw faultOf(response.status, await readProblem(response));
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

async function readProblem(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no problem document: the status says it
  }
}
