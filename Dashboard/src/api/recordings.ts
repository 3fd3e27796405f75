import { ApiFault, faultOf } from './fault';
import { toLogin } from './login';
import type { Ref } from './types';

/** A recording of a container's terminal. By hand, as is what asks for it, until docs/openapi.json has the routes of recordings. */
export interface RecordingView {
  node: string;
  id: string;
  container: string;
  containerName?: string;
  namespace?: string;
  pod?: string;
  state: 'recording' | 'complete' | 'broken';
  startedAt: string;
  endedAt?: string;
  bytes?: number;
  width?: number;
  height?: number;
  exitCode?: number;
  /** The ids of the sessions that were attached. */
  participants?: string[];
  hash?: string;
  reason?: string;
}

export interface RecordingList {
  recordings: RecordingView[];
  unreachableNodes?: string[];
}

/** Where a recording is downloaded. */
export const castUrl = (ref: Ref) => `/api/v1/recordings/${encodeURIComponent(ref.node)}/${encodeURIComponent(ref.id)}`;

/**
 * Lists recordings, of one node where one is named.
 * @throws {ApiFault} The gateway said no, or did not answer.
 */
export async function listRecordings(node?: string): Promise<RecordingList> {
  const response = await get(node ? `/api/v1/recordings?node=${encodeURIComponent(node)}` : '/api/v1/recordings');
  return (await response.json()) as RecordingList;
}

/**
 * Asks for something of recordings.
 * @throws {ApiFault} The gateway said no, or did not answer.
 */
export async function get(path: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...(signal ? { signal } : {}) });
  } catch (fault) {
    throw new ApiFault(0, 'The gateway does not answer', fault instanceof Error ? fault.message : String(fault));
  }
  if (response.status === 401) toLogin();
  if (!response.ok) throw faultOf(response.status, await readProblem(response));
  return response;
}

async function readProblem(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no problem document: the status says it
  }
}
