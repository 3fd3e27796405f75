import { describe, expect, test } from 'vitest';
import { Backoff } from '../src/attach/backoff';
import { endByStatus, endOf } from '../src/attach/end';
import { Channel, exitCode, ProtocolFault, readFrame, writeAck, writeInput, writeResize } from '../src/attach/frames';
import { UnackedInput } from '../src/attach/input';
import { WholeCharacters } from '../src/attach/utf8';

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

/** The same numbers each time. */
function* seeded(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('frames', () => {
  test('output carries its offset, beyond 32 bits too', () => {
    const frame = readFrame(bytes(Channel.stderr, 0, 0, 0, 1, 0, 0, 0, 2, 65, 66));
    expect(frame).toEqual({ kind: 'output', stream: 'stderr', offset: 2 ** 32 + 2, bytes: bytes(65, 66) });
  });

  test('an offset beyond 2^53 is a fault', () => {
    expect(() => readFrame(bytes(Channel.stdout, 255, 0, 0, 0, 0, 0, 0, 0))).toThrow(ProtocolFault);
  });

  test('cut frames and other JSON are faults', () => {
    expect(() => readFrame(bytes(Channel.stdout, 0, 0))).toThrow(ProtocolFault);
    expect(() => readFrame(bytes(Channel.control, 123))).toThrow(ProtocolFault);
    expect(() => readFrame(bytes(Channel.status, 49))).toThrow(ProtocolFault);
  });

  test('a channel or control message that is not known is passed over', () => {
    expect(readFrame(bytes(77, 1))).toEqual({ kind: 'unknown' });
    expect(readFrame(bytes())).toEqual({ kind: 'unknown' });
    expect(readFrame(Uint8Array.from([Channel.control, ...new TextEncoder().encode('{"a":1}')]))).toEqual({ kind: 'unknown' });
  });

  test('a frame in the middle of a buffer is read at its place', () => {
    const buffer = bytes(9, 9, 9, Channel.stdout, 0, 0, 0, 0, 0, 0, 0, 5, 88);
    expect(readFrame(buffer.subarray(3))).toMatchObject({ offset: 5, bytes: bytes(88) });
  });

  test('what is written', () => {
    expect(writeInput(2 ** 32 + 7, bytes(1))).toEqual(bytes(0, 0, 0, 0, 1, 0, 0, 0, 7, 1));
    expect(text(writeResize(80, 24))).toBe('\x04{"Width":80,"Height":24}');
    expect(text(writeAck(5))).toBe('\x05{"type":"ack","offset":5}');
  });
});

describe('ends', () => {
  test('a status tells the exit code where it has one', () => {
    expect(exitCode({ status: 'Success' })).toBe(0);
    expect(exitCode({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: '137' }] } })).toBe(137);
    expect(exitCode({ status: 'Failure', message: 'node gone' })).toBeUndefined();
    expect(endByStatus({ status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: '137' }] } }).words).toBe('PID 1 ended with 137 (signal 9).');
    expect(endByStatus({ status: 'Failure', message: 'node gone' })).toMatchObject({ cause: 'failed', words: 'The session could not be served: node gone' });
  });

  test('a cause of a later version is shown as it is', () => expect(endOf('somethingNew').words).toBe('somethingNew'));
});

describe('characters', () => {
  test('however UTF-8 is cut, each piece holds whole characters and nothing is lost', () => {
    const all = new TextEncoder().encode('aä–🙂日本語é👩‍👩‍👧 z'.repeat(20));
    const random = seeded(42);
    for (let round = 0; round < 200; round++) {
      const whole = new WholeCharacters();
      let out = '';
      for (let at = 0; at < all.length; ) {
        const length = 1 + Math.floor(random.next().value! * 7);
        out += new TextDecoder('utf-8', { fatal: true }).decode(whole.take(all.subarray(at, at + length)));
        at += length;
      }
      expect(whole.rest()).toHaveLength(0);
      expect(out).toBe(new TextDecoder().decode(all));
    }
  });

  test('bytes that are no UTF-8 pass, all of them', () => {
    const random = seeded(7);
    const all = Uint8Array.from({ length: 4000 }, () => Math.floor(random.next().value! * 256));
    const whole = new WholeCharacters();
    const out: number[] = [];
    for (let at = 0; at < all.length; at += 3) out.push(...whole.take(all.subarray(at, at + 3)));
    out.push(...whole.rest());
    expect(out).toEqual([...all]);
  });
});

describe('unacknowledged input', () => {
  test('holds what was added, less what was trimmed, in random pieces', () => {
    const random = seeded(3);
    const input = new UnackedInput(5000);
    let model: number[] = [];
    let base = 0;
    for (let step = 0; step < 2000; step++) {
      if (random.next().value! < 0.6) {
        const piece = Uint8Array.from({ length: Math.floor(random.next().value! * 300) }, () => step % 256);
        const offset = input.add(piece);
        expect(offset).toBe(model.length + piece.length > 5000 ? undefined : base + model.length);
        if (offset !== undefined) model.push(...piece);
      } else {
        const to = base + Math.floor(random.next().value! * (model.length + 50)) - 20;
        input.trim(to);
        const gone = Math.max(0, Math.min(model.length, to - base));
        model = model.slice(gone);
        base += gone;
      }
      expect(input.base).toBe(base);
      expect(input.end).toBe(base + model.length);
    }
    expect([...input.rest()]).toEqual(model);
  });
});

test('waits double up to their bound, and spread by a quarter', () => {
  const least = new Backoff(() => 0);
  expect([1, 2, 3, 4, 5, 6, 7].map(() => least.take())).toEqual([75, 150, 300, 600, 1200, 1500, 1500]);
  least.reset();
  expect(least.take()).toBe(75);
  expect(new Backoff(() => 1, 500).take()).toBe(625);
});
