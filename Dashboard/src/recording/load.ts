import { openCast } from '../api/recordings';
import type { Ref } from '../api/types';
import type { Cast } from './asciicast';
import { readCast } from './read';

/**
 * Loads a recording.
 * @throws {ApiFault} It is not there, or too long.
 * @throws {CastFault} It is no recording.
 */
export async function loadCast(ref: Ref, signal: AbortSignal): Promise<Cast> {
  return readCast(await openCast(ref, signal), { now: () => performance.now(), turn });
}

// A timer would do, but a page in the background gets one a second.
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
