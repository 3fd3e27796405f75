import { exitCode, type Status } from './frames';

/** How an attach ended: in a word for programs and in words for people. */
export interface AttachEnd {
  cause: string;
  words: string;
  /** Whether attaching again may help. */
  again: boolean;
}

const CAUSES: Record<string, string> = {
  containerExited: 'The container ended.',
  clientDetached: 'Detached.',
  clientGone: 'The connection broke and nobody came back in time.',
  protocolFault: 'The client broke the protocol.',
  idleTimeout: 'Nothing moved for as long as the idle timeout allows.',
  tokenExpired: 'The address expired before it was opened.',
  gatewayLost: 'The gateway of this session went away.',
  gatewayDraining: 'The gateway was shut down.',
  nodeUnavailable: 'The node of the container is out of reach.',
  containerRemoved: 'The container was removed.',
  recordingFailed: 'The recording cannot be written, and this container is not shown without one.',
  endedByOperator: 'An operator ended the session.',
  failed: 'The session could not be served.',
  unreachable: 'The gateway cannot be reached.',
  refused: 'The session is over, or was opened before.',
  expired: 'The session could not be resumed in time.',
};

/** A cause of the API in words. An unknown one, of a later version, is shown as it is. */
export const causeInWords = (cause: string): string => CAUSES[cause] ?? cause;

/** A cause with what the gateway says about it. */
export function endOf(cause: string, message?: string): AttachEnd {
  const words = causeInWords(cause);
  const said = message?.trim();
  return { cause, words: said && said !== words ? `${words.replace(/\.$/, '')}: ${said}` : words, again: cause !== 'containerRemoved' && cause !== 'containerExited' };
}

/** The status of PID 1 in words. */
export function endByStatus(status: Status): AttachEnd {
  const code = exitCode(status);
  if (code !== undefined) return { cause: 'containerExited', words: code > 128 ? `PID 1 ended with ${code} (signal ${code - 128}).` : `PID 1 ended with ${code}.`, again: false };
  return endOf('failed', status.message ?? status.reason);
}
