// The gateway's end of v1.resume.criattach (docs/resume-protocol.md), as far as the page can see it.
import { randomBytes } from 'node:crypto';
import { Buffer } from 'node:buffer';

const json = (channel, value) => Buffer.concat([Buffer.of(channel), Buffer.from(JSON.stringify(value))]);
const tell = (socket, value) => socket.send(json(5, value));

/** One session; it outlives its sockets. */
export class Session {
  constructor(view, pid1, { urls, onChange, onEnd, replay, replayBytes }) {
    Object.assign(this, { view, pid1, urls, onChange, onEnd });
    this.tokens = new Set();
    this.input = 0;
    this.told = pid1.view.inputHolder;
    this.holds = view.role === 'peer';
    this.offset = replay === 'all' || replay === 'unseen' ? pid1.start : replay === 'tail' ? Math.max(pid1.start, pid1.end - replayBytes) : pid1.end;
  }

  open(socket, window, from) {
    clearTimeout(this.timer);
    this.socket?.terminate();
    this.socket = socket;
    this.window = window || Infinity;
    if (from) this.offset = from.offset;
    const token = randomBytes(32).toString('base64url');
    this.tokens.add(token);
    this.acked = this.offset;
    Object.assign(this.view, { state: 'claimed', claimedAt: this.view.claimedAt ?? new Date().toISOString() });
    tell(socket, { type: 'hello', session: this.view.id, token, urls: this.urls(), window: 120, epoch: this.pid1.epoch, offset: this.offset, input: this.input, doubtBefore: 0 });
    this.tellRight(true);
    if (this.view.role === 'observer') tell(socket, { type: 'size', ...this.pid1.size });
    socket.on('message', (data) => this.hear(data, socket));
    socket.on('close', (code) => this.closed(socket, code));
    this.pid1.readers.add(this);
    this.onChange(this.view);
    this.wake();
  }

  wake() {
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      this.pump();
    });
  }

  pump() {
    const { socket, pid1 } = this;
    if (!socket || socket.readyState !== 1) return;
    if (this.offset < pid1.start) {
      tell(socket, { type: 'position', epoch: pid1.epoch, offset: pid1.start, lost: pid1.start - this.offset });
      this.offset = this.acked = pid1.start;
    }
    while (this.offset < pid1.end && this.offset - this.acked < this.window && socket.bufferedAmount < 1 << 20) {
      const bytes = pid1.read(this.offset);
      const head = Buffer.alloc(9);
      head[0] = 1;
      head.writeBigUInt64BE(BigInt(this.offset), 1);
      socket.send(Buffer.concat([head, bytes]));
      this.offset += bytes.length;
    }
    if (this.offset < pid1.end && socket.bufferedAmount >= 1 << 20) setTimeout(() => this.wake(), 5);
    if (pid1.view.state === 'exited' && this.offset === pid1.end) {
      const code = pid1.view.exitCode;
      socket.send(json(3, code === 0 ? { status: 'Success' } : { status: 'Failure', reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: String(code) }] } }));
      this.end('containerExited', '', 1000);
    }
  }

  hear(data, socket) {
    if (socket !== this.socket) return;
    const channel = data[0];
    if (channel === 0) {
      const offset = Number(data.readBigUInt64BE(1));
      const bytes = data.subarray(9 + Math.max(0, this.input - offset));
      this.input += bytes.length;
      if (this.mayType) this.pid1.input(bytes, this.actions());
      if (socket.readyState === 1) tell(socket, { type: 'delivered', offset: this.input });
    } else if (channel === 4) {
      const size = JSON.parse(data.subarray(1).toString());
      this.resize({ width: size.Width, height: size.Height });
    } else if (channel === 5) {
      const message = JSON.parse(data.subarray(1).toString());
      if (message.type === 'ack') {
        this.acked = Math.max(this.acked, Math.min(message.offset, this.offset));
        this.wake();
      }
    }
  }

  get mayType() {
    const holder = this.pid1.view.inputHolder;
    return this.view.role === 'peer' && (!holder || holder === this.view.id);
  }

  tellRight(first = false) {
    this.view.mayType = this.mayType;
    const holder = this.pid1.view.inputHolder;
    if (this.view.role === 'peer' && this.socket?.readyState === 1 && (!first || holder)) tell(this.socket, { type: 'input', mayType: this.mayType, ...(holder ? { holder } : {}) });
  }

  resize(size) {
    this.pid1.size = size;
    for (const other of this.pid1.readers) {
      other.view.ownsSize = other === this;
      if (other !== this && other.socket?.readyState === 1) tell(other.socket, { type: 'size', ...size });
      this.onChange(other.view);
    }
  }

  actions() {
    return {
      gap: () => {
        this.offset += 1234;
        this.pid1.write(Buffer.alloc(1234, '.'));
        tell(this.socket, { type: 'position', epoch: this.pid1.epoch, offset: this.offset, lost: 1234 });
      },
      doubt: () => tell(this.socket, { type: 'doubt', from: this.input, to: this.input + 7 }),
      break: () => this.socket.terminate(),
      move: () => tell(this.socket, { type: 'move' }),
    };
  }

  closed(socket, code) {
    if (socket !== this.socket || this.view.state === 'ended') return;
    this.socket = undefined;
    if (code !== 1006) return this.end('clientDetached', '');
    this.pid1.readers.delete(this); // who is away holds nobody
    this.view.state = 'suspended';
    this.onChange(this.view);
    this.timer = setTimeout(() => this.end('clientGone', ''), 120_000);
  }

  end(cause, message, code = 1000) {
    if (this.view.state === 'ended') return;
    Object.assign(this.view, { state: 'ended', cause, message, endedAt: new Date().toISOString() });
    this.pid1.readers.delete(this);
    clearTimeout(this.timer);
    if (this.socket?.readyState === 1) {
      if (cause !== 'containerExited') tell(this.socket, { type: 'end', cause, message });
      this.socket.close(code);
    }
    this.onEnd(this);
  }
}
