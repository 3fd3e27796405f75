import type { ComponentChild, VNode } from 'preact';
import { expect, test, vi } from 'vitest';
import type { ContainerView } from '../src/api/types';
import { FIRST_STATE } from '../src/terminal/state';
import { Strip } from '../src/terminal/strip';

const world = vi.hoisted(() => ({ now: 0 }));

vi.mock('../src/parts/now', () => ({ useNow: () => world.now, pageClock: () => world.now }));

type Props = Record<string, unknown> & { children?: ComponentChild | ComponentChild[] };

/** What a screen reader is told without being asked: the text of live regions, less what is hidden from it. */
function announced(node: ComponentChild, live = false): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node !== 'object') return live ? String(node) : '';
  const { type, props } = node as VNode<Props>;
  if (props['aria-hidden'] === 'true') return '';
  if (typeof type === 'function') return announced((type as (props: Props) => ComponentChild)(props), live);
  const inside = live || props['role'] === 'status' || props['role'] === 'alert';
  return [props.children].flat().map((child) => announced(child, inside)).join('');
}

test('an interruption is announced once: what ticks is for the eye', () => {
  const state = (change: object) => ({ ...FIRST_STATE, phase: { name: 'interrupted' as const, retryAt: undefined, until: 100_000, attempts: 1, ...change } });
  const strip = (change: object) => announced(Strip({ state: state(change), controller: undefined, container: {} as ContainerView, onAgain: () => {} }));
  world.now = 1000;
  const first = strip({ retryAt: 3000 });
  world.now = 2500;
  expect([first, strip({ retryAt: 3000 }), strip({})].map((text) => text.trim())).toEqual(Array(3).fill('Interrupted; the container runs on.'));
});
