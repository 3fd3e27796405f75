import { api, ask } from './client';
import type { RecordingList, Ref } from './types';

/** Where a recording is downloaded. */
export const castUrl = (ref: Ref) => `/api/v1/recordings/${encodeURIComponent(ref.node)}/${encodeURIComponent(ref.id)}`;

/**
 * Lists recordings, of one node where one is named.
 * @throws {ApiFault} The gateway said no, or did not answer.
 */
export const listRecordings = (node?: string): Promise<RecordingList> => ask(api.GET('/api/v1/recordings', { params: { query: node ? { node } : {} } }));

/**
 * Opens a recording as asciicast.
 * @throws {ApiFault} The gateway said no, or did not answer.
 */
export async function openCast({ node, id }: Ref, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const stream = await ask(api.GET('/api/v1/recordings/{node}/{id}', { params: { path: { node, id } }, parseAs: 'stream', signal }));
  return stream ?? new Blob().stream(); // an answer without a body has none
}
