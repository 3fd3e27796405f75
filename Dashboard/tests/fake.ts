import type { ConnectionEvents, Dial } from '../src/attach/dial';
import { Channel } from '../src/attach/frames';
import type { AttachListener, AttachWorld, Phase } from '../src/attach/session';
import type { AttachEnd } from '../src/attach/end';

const utf8 = new TextEncoder();

/** The gateway's end of a connection, driven by a test. */
export class FakeGateway {
  readonly sent: Uint8Array[] = [];
  closed = false;
  abandoned = false;

  constructor(
    readonly url: string,
    readonly events: ConnectionEvents,
  ) {}

  hello(change: object = {}): void {
    this.control({ type: 'hello', session: 's1', token: `T${Math.abs(hash(this.url))}`, urls: ['http://g1/attach/', 'http://g2/attach/'], window: 120, epoch: 7, offset: 0, input: 0, doubtBefore: 0, ...change });
  }

  control(message: object): void {
    this.events.message(frame(Channel.control, JSON.stringify(message)));
  }

  status(status: object): void {
    this.events.message(frame(Channel.status, JSON.stringify(status)));
  }

  output(offset: number, text: string, channel: number = Channel.stdout): void {
    const bytes = utf8.encode(text);
    const data = new Uint8Array(9 + bytes.length);
    data[0] = channel;
    new DataView(data.buffer).setBigUint64(1, BigInt(offset));
    data.set(bytes, 9);
    this.events.message(data);
  }

  breaks(): void {
    this.events.closed();
  }

  /** What was sent on a channel, as text; input with its offset. */
  heard(channel: number): string[] {
    return this.sent
      .filter((one) => one[0] === channel)
      .map((one) => (channel === Channel.stdin ? `${new DataView(one.buffer).getBigUint64(1)}:${new TextDecoder().decode(one.subarray(9))}` : new TextDecoder().decode(one.subarray(1))));
  }
}

/** A world whose connections and time a test drives. */
export class FakeWorld implements AttachWorld {
  readonly connections: FakeGateway[] = [];
  readonly timers = new Map<number, { at: number; action: () => void }>();
  time = 1000;
  end: AttachEnd | undefined;
  #next = 1;

  readonly dial: Dial = (url, events) => {
    const gateway = new FakeGateway(url, events);
    this.connections.push(gateway);
    return {
      send: (data) => gateway.sent.push(data),
      close: () => {
        gateway.closed = true;
      },
      abandon: () => {
        gateway.abandoned = true;
      },
    };
  };

  get last(): FakeGateway {
    return this.connections.at(-1)!;
  }

  now = () => this.time;
  random = () => 0.5;
  fate = () => Promise.resolve(this.end);

  setTimeout = (action: () => void, milliseconds: number) => {
    this.timers.set(this.#next, { at: this.time + milliseconds, action });
    return this.#next++;
  };

  clearTimeout = (timer: number) => {
    this.timers.delete(timer);
  };

  /** Lets time pass, and what is due in it happen. */
  pass(milliseconds: number): void {
    const until = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(([, one]) => one.at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.time = Math.max(this.time, due[1].at);
      due[1].action();
    }
    this.time = until;
  }
}

/** Remembers what an attach has told. */
export class Told implements AttachListener {
  text = '';
  phases: Phase[] = [];
  events: string[] = [];
  unused: (() => void)[] = [];
  /** Whether output counts as drawn at once. */
  draws = true;

  phase(phase: Phase): void {
    this.phases.push(phase);
  }

  output(_stream: string, bytes: Uint8Array, used: () => void): void {
    this.text += new TextDecoder().decode(bytes);
    if (this.draws) used();
    else this.unused.push(used);
  }

  waiting = 0;
  delivered = (waiting: number) => void (this.waiting = waiting);
  gap = (lost: number) => void this.events.push(`gap ${lost}`);
  doubt = (bytes: number) => void this.events.push(`doubt ${bytes}`);
  size = (width: number, height: number) => void this.events.push(`size ${width}x${height}`);
  right = (mayType: boolean, holder: string | undefined) => void this.events.push(`input ${mayType} ${holder ?? ''}`.trim());
  latency = (value: number) => void this.events.push(`latency ${value}`);

  get now(): Phase {
    return this.phases.at(-1) ?? { name: 'connecting' };
  }
}

function frame(channel: number, text: string): Uint8Array {
  const bytes = utf8.encode(text);
  const data = new Uint8Array(1 + bytes.length);
  data[0] = channel;
  data.set(bytes, 1);
  return data;
}

const hash = (text: string) => [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
