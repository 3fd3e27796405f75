import { beforeEach, expect, test, vi } from 'vitest';
import { Store, useStore } from '../src/parts/store';

const hooks = vi.hoisted(() => ({ effect: undefined as (() => () => void) | undefined, redraws: 0 }));

vi.mock('preact/hooks', () => ({
  useState: (value: unknown) => [value, () => hooks.redraws++],
  useEffect: (effect: () => () => void) => {
    hooks.effect = effect;
  },
}));

beforeEach(() => {
  hooks.redraws = 0;
});

test('a change between drawing and watching is drawn', () => {
  const store = new Store(1);
  expect(useStore(store)).toBe(1);
  store.value = 2;
  hooks.effect!();
  expect(hooks.redraws).toBe(1);
});

test('each change is drawn, and none when nobody looks any more', () => {
  const store = new Store(1);
  useStore(store);
  const stop = hooks.effect!();
  expect(hooks.redraws).toBe(0);
  store.value = 2;
  expect(hooks.redraws).toBe(1);
  stop();
  store.value = 3;
  expect(hooks.redraws).toBe(1);
});
