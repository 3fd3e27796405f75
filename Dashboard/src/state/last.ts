import { useRef } from 'preact/hooks';
import type { ContainerView, Ref } from '../api/types';
import { cluster } from './live';

/** A container, and as it was last when the list has it no more: who looks at its terminal keeps what is on the screen. */
export function useContainer(ref: Ref): { view: ContainerView | undefined; gone: boolean } {
  const last = useRef<ContainerView>();
  const view = cluster.container(ref);
  if (view) last.current = view;
  return { view: last.current, gone: view === undefined };
}
