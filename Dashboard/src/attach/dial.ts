import { PROTOCOL } from './frames';

export interface Connection {
  send(frame: Uint8Array<ArrayBuffer>): void;
  /** Ends the connection with a close frame, which ends the session for good. */
  close(): void;
  /** Gives it up without a close frame, so that the session can be resumed: a browser has no way to cut a connection that is open, so that one is left to the gateway, unless `close` follows. */
  abandon(): void;
}

export interface ConnectionEvents {
  opened(): void;
  message(data: Uint8Array): void;
  /** It is over, or never came to be. */
  closed(): void;
}

export type Dial = (url: string, events: ConnectionEvents) => Connection;

/** Opens a WebSocket that speaks the resume protocol. */
export const dialWebSocket: Dial = (url, events) => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), PROTOCOL);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.opened();
  socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
    if (typeof event.data !== 'string') events.message(new Uint8Array(event.data));
  };
  socket.onclose = () => events.closed();
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close: () => socket.close(1000),
    abandon: () => {
      socket.onmessage = null;
      if (socket.readyState === WebSocket.CONNECTING) socket.close();
    },
  };
};
