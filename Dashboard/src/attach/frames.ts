// The frames of v1.resume.criattach (docs/resume-protocol.md). Bytes only: no socket, no clock.
//
//   stdin, stdout, stderr   | channel | offset: 8 bytes, the highest first | bytes ... |
//   status, resize, control | channel | JSON |
//
// Offsets and epochs stay below 2^53, so that numbers hold them exactly.

export const PROTOCOL = 'v1.resume.criattach';

export const Channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, control: 5 } as const;

export type OutputStream = 'stdout' | 'stderr';

const OFFSET_LENGTH = 8;
const HEAD_LENGTH = 1 + OFFSET_LENGTH;

/** How the session ended: a Kubernetes Status. */
export interface Status {
  status?: string;
  message?: string;
  reason?: string;
  details?: { causes?: { reason?: string; message?: string }[] };
}

export interface Hello {
  type: 'hello';
  session: string;
  token: string;
  urls: string[];
  window: number;
  epoch: number;
  offset: number;
  input: number;
  doubtBefore: number;
}

export type ControlMessage =
  | Hello
  | { type: 'position'; epoch: number; offset: number; lost: number }
  | { type: 'delivered'; offset: number }
  | { type: 'doubt'; from: number; to: number }
  | { type: 'move' }
  | { type: 'input'; mayType: boolean; holder?: string }
  | { type: 'size'; width: number; height: number }
  | { type: 'end'; cause: string; message?: string };

export type Frame =
  | { kind: 'output'; stream: OutputStream; offset: number; bytes: Uint8Array }
  | { kind: 'status'; status: Status }
  | { kind: 'control'; message: ControlMessage }
  | { kind: 'unknown' };

/** The gateway said something that the protocol does not have. */
export class ProtocolFault extends Error {}

const text = new TextDecoder();
const utf8 = new TextEncoder();

/** Reads one WebSocket message. Its output shares the memory of `data`. */
export function readFrame(data: Uint8Array): Frame {
  switch (data[0]) {
    case Channel.stdout:
    case Channel.stderr:
      if (data.length < HEAD_LENGTH) throw new ProtocolFault(`a frame of output is ${data.length} bytes long`);
      return {
        kind: 'output',
        stream: data[0] === Channel.stdout ? 'stdout' : 'stderr',
        offset: readOffset(data),
        bytes: data.subarray(HEAD_LENGTH),
      };
    case Channel.status:
      return { kind: 'status', status: readJson(data) as Status };
    case Channel.control: {
      const message = readJson(data) as ControlMessage;
      return typeof message.type === 'string' ? { kind: 'control', message } : { kind: 'unknown' };
    }
    default:
      return { kind: 'unknown' };
  }
}

export function writeInput(offset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEAD_LENGTH + bytes.length);
  frame[0] = Channel.stdin;
  const view = new DataView(frame.buffer);
  view.setUint32(1, Math.floor(offset / 2 ** 32));
  view.setUint32(5, offset % 2 ** 32);
  frame.set(bytes, HEAD_LENGTH);
  return frame;
}

export const writeResize = (width: number, height: number) => writeJson(Channel.resize, { Width: width, Height: height });

export const writeAck = (offset: number) => writeJson(Channel.control, { type: 'ack', offset });

/** PID 1's exit code, where the status tells one. */
export function exitCode(status: Status): number | undefined {
  if (status.status === 'Success') return 0;
  const cause = status.details?.causes?.find((one) => one.reason === 'ExitCode');
  const code = Number(cause?.message);
  return cause?.message !== undefined && Number.isInteger(code) ? code : undefined;
}

function readOffset(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset);
  const offset = view.getUint32(1) * 2 ** 32 + view.getUint32(5);
  if (!Number.isSafeInteger(offset)) throw new ProtocolFault('an offset is beyond 2^53');
  return offset;
}

function readJson(data: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(text.decode(data.subarray(1)));
  } catch (fault) {
    throw new ProtocolFault(`a message on channel ${data[0]} is not JSON`, { cause: fault });
  }
  if (typeof value !== 'object' || value === null) throw new ProtocolFault(`a message on channel ${data[0]} is no object`);
  return value;
}

function writeJson(channel: number, value: object): Uint8Array<ArrayBuffer> {
  const body = utf8.encode(JSON.stringify(value));
  const frame = new Uint8Array(1 + body.length);
  frame[0] = channel;
  frame.set(body, 1);
  return frame;
}
