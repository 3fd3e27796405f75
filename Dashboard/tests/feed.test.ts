import { expect, test } from 'vitest';
import { Feed, type FeedEvent, type FeedState } from '../src/api/feed';
import { FakeWorld } from './fake';

class FakeSource {
  readonly listeners = new Map<string, (event: { data: string }) => void>();
  onerror: (() => void) | undefined;
  closed = false;

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(name: string, data: object): void {
    this.listeners.get(name)?.({ data: JSON.stringify(data) });
  }
}

function open() {
  const world = new FakeWorld();
  const sources: FakeSource[] = [];
  const states: FeedState[] = [];
  const events: FeedEvent[] = [];
  let refused = 0;
  const feed = new Feed(
    {
      open: () => {
        const source = new FakeSource();
        sources.push(source);
        return source as unknown as EventSource;
      },
      now: world.now,
      random: world.random,
      setTimeout: world.setTimeout,
      clearTimeout: world.clearTimeout,
      refused: () => refused++,
    },
    (state) => states.push(state),
    (event) => events.push(event),
  );
  feed.open();
  return { world, sources, states, events, refused: () => refused };
}

test('is live with the first message', () => {
  const { sources, states, events } = open();
  expect(states).toEqual([{ name: 'connecting', again: false }]);
  sources[0]!.say('hello', { gateway: 'g1', version: '1' });
  expect(states.at(-1)).toEqual({ name: 'live' });
  expect(events).toEqual([{ name: 'hello', data: { gateway: 'g1', version: '1' } }]);
});

test('comes back after a wait that it tells', () => {
  const { world, sources, states, refused } = open();
  sources[0]!.say('synced', {});
  sources[0]!.onerror!();
  expect(sources[0]!.closed).toBe(true);
  expect(states.at(-1)).toEqual({ name: 'broken', retryAt: world.time + 500 });
  expect(refused()).toBe(0);
  world.pass(500);
  expect(states.at(-1)).toEqual({ name: 'connecting', again: true });
  expect(sources).toHaveLength(2);
  sources[1]!.onerror!();
  expect(states.at(-1)).toEqual({ name: 'broken', retryAt: world.time + 1000 });
  expect(refused()).toBe(1);
});

test('a feed that is silent for 20 s is dead', () => {
  const { world, sources, states } = open();
  sources[0]!.say('synced', {});
  world.pass(19_000);
  sources[0]!.say('nodes', { nodes: [] });
  world.pass(19_000);
  expect(states.at(-1)).toEqual({ name: 'live' });
  world.pass(1000);
  expect(states.at(-1)?.name).toBe('broken');
});

test('a feed that is cut again and again waits longer each time, until one has stood for a while', () => {
  const { world, sources, states } = open();
  const pauses: number[] = [];
  const cut = (after: number, ...said: string[]) => {
    for (const name of said) sources.at(-1)!.say(name, {});
    world.pass(after);
    sources.at(-1)!.onerror!();
    const state = states.at(-1)!;
    if (state.name !== 'broken') throw new Error(`unexpected: ${state.name}`);
    pauses.push(state.retryAt - world.time);
    world.pass(state.retryAt - world.time);
  };
  cut(0, 'hello');
  cut(0, 'hello');
  cut(1000, 'hello', 'synced');
  cut(8000, 'hello');
  cut(5000, 'hello', 'synced');
  cut(0, 'hello');
  expect(pauses).toEqual([500, 1000, 2000, 4000, 500, 1000]);
});
