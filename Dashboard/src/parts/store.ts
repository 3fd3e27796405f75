import { useEffect, useState } from 'preact/hooks';

/** A value that others watch. */
export class Store<T> {
  #value: T;
  readonly #watchers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(next: T) {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Calls after each change. The answer ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

/** The value of a store; the component is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useState({});
  const drawn = store.value;
  useEffect(() => {
    const stop = store.watch(() => redraw({}));
    // It may have changed between the drawing and this.
    if (!Object.is(store.value, drawn)) redraw({});
    return stop;
  }, [store]);
  return drawn;
}
