import { describe, expect, test } from 'vitest';
import { Channel } from '../src/attach/frames';
import { AttachSession, INPUT_LIMIT, type AttachStart } from '../src/attach/session';
import { IN_FLIGHT_LIMIT } from '../src/attach/window';
import { FakeWorld, Told } from './fake';

const bytes = (text: string) => new TextEncoder().encode(text);

function start(more: Partial<AttachStart> = {}) {
  const world = new FakeWorld();
  const told = new Told();
  const session = new AttachSession({ url: 'http://g1/attach/T0', ...more }, told, world);
  session.open();
  return { world, told, session };
}

const settled = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));

describe('a session that stands', () => {
  test('asks for a window, and is live with the hello', () => {
    const { world, told } = start();
    expect(world.last.url).toBe('http://g1/attach/T0?window=262144');
    expect(told.now.name).toBe('connecting');
    world.last.hello();
    expect(told.now).toEqual({ name: 'live' });
  });

  test('output is acknowledged when it is drawn, and not before', () => {
    const { world, told } = start();
    told.draws = false;
    world.last.hello();
    world.last.output(0, 'x'.repeat(100_000));
    expect(world.last.heard(Channel.control)).toEqual([]);
    told.unused.shift()!();
    expect(world.last.heard(Channel.control)).toEqual(['{"type":"ack","offset":100000}']);
  });

  test('input goes out with its offset and is kept until it is delivered', () => {
    const { world, told, session } = start();
    world.last.hello();
    session.type(bytes('ab'));
    session.type(bytes('c'));
    expect(world.last.heard(Channel.stdin)).toEqual(['0:ab', '2:c']);
    world.time += 12;
    world.last.control({ type: 'delivered', offset: 3 });
    expect([told.events, told.waiting]).toEqual([['latency 12'], 0]);
  });

  test('input beyond the bound is refused whole', () => {
    const { world, session } = start();
    world.last.hello();
    expect(session.type(new Uint8Array(INPUT_LIMIT))).toBe(true);
    expect(session.type(bytes('x'))).toBe(false);
    world.last.control({ type: 'delivered', offset: 1 });
    expect(session.type(bytes('x'))).toBe(true);
  });

  test('a gap, a doubt, a right and a size are told', () => {
    const { world, told } = start();
    world.last.hello();
    world.last.control({ type: 'position', epoch: 7, offset: 500, lost: 500 });
    world.last.control({ type: 'position', epoch: 9, offset: 3, lost: -1 });
    world.last.control({ type: 'doubt', from: 0, to: 4 });
    world.last.control({ type: 'input', mayType: false, holder: 'other' });
    world.last.control({ type: 'size', width: 100, height: 30 });
    world.last.control({ type: 'of a later version' });
    expect(told.events).toEqual(['gap 500', 'gap -1', 'doubt 4', 'input false other', 'size 100x30']);
  });

  test('a new epoch with lower offsets is acknowledged too', () => {
    const { world, told } = start();
    told.draws = false;
    world.last.hello({ offset: 1_000_000 });
    world.last.output(1_000_000, 'x'.repeat(70_000));
    world.last.control({ type: 'position', epoch: 8, offset: 0, lost: -1 });
    world.last.output(0, 'y'.repeat(70_000));
    for (const used of told.unused) used();
    expect(world.last.heard(Channel.control)).toEqual(['{"type":"ack","offset":70000}']);
  });

  test('a frame that is no frame ends it', () => {
    const { world, told } = start();
    world.last.hello();
    world.last.events.message(Uint8Array.of(Channel.stdout, 1, 2));
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'protocolFault' } });
    expect(world.last.closed).toBe(true);
  });
});

describe('an end', () => {
  test('with a status says the exit code', () => {
    const { world, told } = start();
    world.last.hello();
    world.last.status({ status: 'Failure', reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '3' }] } });
    world.last.breaks();
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'containerExited', words: 'PID 1 ended with 3.' } });
  });

  test('with an end message says its cause, and nobody comes back', () => {
    const { world, told } = start();
    world.last.hello();
    world.last.control({ type: 'end', cause: 'endedByOperator', message: 'maintenance' });
    world.last.status({ status: 'Failure', message: 'an operator ended the session' });
    world.last.breaks();
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'endedByOperator', words: 'An operator ended the session: maintenance' } });
    expect(world.connections).toHaveLength(1);
  });

  test('detaching closes with a close frame', () => {
    const { world, told, session } = start();
    world.last.hello();
    session.detach();
    expect(world.last.closed).toBe(true);
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'clientDetached' } });
  });

  test('a gateway that was never there is given up after three attempts', () => {
    const { world, told } = start();
    for (let attempt = 0; attempt < 3; attempt++) {
      world.last.breaks();
      world.pass(1000);
    }
    expect(world.connections).toHaveLength(3);
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'unreachable' } });
  });
});

describe('an interruption', () => {
  test('after a while that it stood, the other gateway is asked at once, from the next byte on', () => {
    const { world, told, session } = start();
    world.last.hello();
    world.last.output(0, 'hello');
    session.type(bytes('abc'));
    world.last.control({ type: 'delivered', offset: 1 });
    world.pass(5000);
    world.last.breaks();
    expect(world.last.url).toMatch(/^http:\/\/g2\/attach\/T\d+\?epoch=7&offset=5&input=3&window=262144$/);
    expect(told.now).toMatchObject({ name: 'interrupted', retryAt: undefined });
    session.type(bytes('d'));
    world.last.hello({ offset: 5, input: 2 });
    expect(world.last.heard(Channel.stdin)).toEqual(['2:cd']);
    world.last.output(5, ' world');
    expect(told.text).toBe('hello world');
    expect(told.events).toEqual([]);
  });

  test('waits between rounds, twice as long each time up to 2 s, and says until when', () => {
    const { world, told } = start();
    world.last.hello();
    world.pass(5000);
    world.last.breaks();
    const pauses: number[] = [];
    for (let round = 0; round < 7; round++) {
      world.last.breaks(); // g2
      world.last.breaks(); // g1
      const phase = told.now;
      if (phase.name !== 'interrupted' || phase.retryAt === undefined) throw new Error(`unexpected: ${JSON.stringify(phase)}`);
      pauses.push(phase.retryAt - world.time);
      world.pass(phase.retryAt - world.time);
    }
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
    expect(told.now).toMatchObject({ until: 6000 + 120_000 });
  });

  test('a connection that breaks at once is not made again at once', () => {
    const { world, told } = start();
    world.last.hello();
    world.pass(100);
    world.last.breaks();
    expect(world.connections).toHaveLength(1);
    expect(told.now).toMatchObject({ name: 'interrupted', retryAt: world.time + 100 });
    world.pass(100);
    expect(world.connections).toHaveLength(2);
  });

  test('ends when the API says that the session is over', async () => {
    const { world, told } = start();
    world.last.hello();
    world.pass(5000);
    world.end = { cause: 'clientGone', words: 'gone', again: true };
    world.last.breaks();
    world.last.breaks();
    await settled();
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'clientGone' } });
  });

  test('ends when the window is over', () => {
    const { world, told } = start();
    world.last.hello({ window: 3 });
    world.pass(5000);
    world.last.breaks();
    for (let i = 0; i < 20 && told.now.name !== 'ended'; i++) {
      world.last.breaks();
      world.pass(2500);
    }
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'expired' } });
  });

  test('a move goes to another gateway without a close frame', () => {
    const { world, told } = start();
    const first = world.last;
    first.hello();
    world.pass(5000);
    first.control({ type: 'move' });
    expect(first.closed).toBe(false);
    expect(first.abandoned).toBe(true);
    expect(world.last.url).toMatch(/^http:\/\/g2\//);
    first.output(0, 'of the old connection');
    expect(told.text).toBe('');
  });

  test('connections that were given up are closed when the session ends before another stands', () => {
    const { world, session } = start();
    const first = world.last;
    first.hello();
    world.pass(5000);
    session.retry();
    const second = world.last;
    world.pass(10_000); // it does not answer
    const third = world.last;
    expect(new Set([first, second, third]).size).toBe(3);
    expect([first.closed, second.closed]).toEqual([false, false]);
    session.detach();
    expect([first.closed, second.closed, third.closed]).toEqual([true, true, true]);
  });

  test('and when resuming expires', () => {
    const { world, told } = start();
    const first = world.last;
    first.hello({ window: 3 });
    world.pass(5000);
    first.control({ type: 'move' });
    for (let i = 0; i < 20 && told.now.name !== 'ended'; i++) {
      world.last.breaks();
      world.pass(2500);
    }
    expect(told.now).toMatchObject({ name: 'ended', end: { cause: 'expired' } });
    expect(first.closed).toBe(true);
  });

  test('but not once another stands, or when they are over', () => {
    const { world, session } = start();
    const first = world.last;
    first.hello();
    world.pass(5000);
    first.control({ type: 'move' });
    world.last.hello();
    session.detach();
    expect([first.closed, world.last.closed]).toEqual([false, true]);
  });

  test('a silent gateway is left after ten seconds', () => {
    const { world } = start();
    world.last.hello();
    world.pass(5000);
    world.last.breaks();
    expect(world.connections).toHaveLength(2);
    world.pass(10_000);
    expect(world.connections).toHaveLength(3);
    expect(world.connections[1]!.abandoned).toBe(true);
  });

  test('the size is asked for again', () => {
    const { world, session } = start();
    world.last.hello();
    session.resize(120, 40);
    world.pass(5000);
    world.last.breaks();
    world.last.hello();
    expect(world.last.heard(Channel.resize)).toEqual(['{"Width":120,"Height":40}']);
  });

  test('a right that was taken may have been given back meanwhile', () => {
    const { world, told } = start();
    world.last.hello();
    world.last.control({ type: 'input', mayType: false, holder: 'other' });
    world.pass(5000);
    world.last.breaks();
    world.last.hello();
    expect(told.events).toEqual(['input false other', 'input true']);
  });

  test('input of which a restarted node knows nothing is in doubt and not sent again', () => {
    const { world, told, session } = start();
    world.last.hello();
    session.type(bytes('abcdef'));
    world.pass(5000);
    world.last.breaks();
    world.last.hello({ input: 6, doubtBefore: 6 });
    expect(told.events).toContain('doubt 6');
    expect(world.last.heard(Channel.stdin)).toEqual([]);
  });

  test('however often it breaks, no more than the limit is in flight', () => {
    const { world, told, session } = start();
    told.draws = false;
    let offset = 0;
    let most = 0;
    for (let round = 0; round < 12; round++) {
      const window = Number(/window=(\d+)/.exec(world.last.url)![1]);
      world.last.hello({ offset });
      for (const begin = offset; offset - begin < window; offset += 65_536) world.last.output(offset, 'x'.repeat(65_536));
      most = Math.max(most, session.inFlight);
      world.pass(3000);
      world.last.breaks();
      if (round > 4) told.unused.splice(0).forEach((used) => used());
      world.pass(3000);
    }
    expect(most).toBeGreaterThan(300_000);
    expect(most).toBeLessThanOrEqual(IN_FLIGHT_LIMIT);
    expect(IN_FLIGHT_LIMIT).toBeLessThan(500_000);
  });
});

describe('going on where another session was', () => {
  test('what is on the screen already is not shown again', () => {
    const { world, told } = start({ shown: { epoch: 7, next: 10 } });
    world.last.hello({ offset: 4 });
    world.last.output(4, 'abcdef');
    world.last.output(10, 'ghi');
    world.last.output(13, 'jkl');
    expect(told.text).toBe('ghijkl');
    expect(told.events).toEqual([]);
  });

  test('a piece across the edge is cut', () => {
    const { world, told } = start({ shown: { epoch: 7, next: 7 } });
    world.last.hello({ offset: 4 });
    world.last.output(4, 'abcdef');
    expect(told.text).toBe('def');
  });

  test('what is missing between them is a gap', () => {
    const { world, told } = start({ shown: { epoch: 7, next: 10 } });
    world.last.hello({ offset: 25 });
    expect(told.events).toEqual(['gap 15']);
  });

  test('in another epoch nobody knows how much is missing', () => {
    const { world, told } = start({ shown: { epoch: 6, next: 10 } });
    world.last.hello({ offset: 2 });
    world.last.output(2, 'all');
    expect(told.events).toEqual(['gap -1']);
    expect(told.text).toBe('all');
  });
});
