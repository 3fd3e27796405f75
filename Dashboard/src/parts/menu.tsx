import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

/** A button that shows more controls. They go away with a choice, with Escape, and when the focus leaves them. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const element = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (element.current) element.current.open = false;
  };
  return (
    <details
      class="menu"
      ref={element}
      onFocusOut={(event) => !element.current?.contains(event.relatedTarget as Node | null) && event.relatedTarget && close()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !element.current?.open) return;
        close();
        element.current.querySelector('summary')?.focus();
      }}
    >
      <summary class="button">{label}</summary>
      <div class="menu-list" onClick={(event) => event.target instanceof HTMLButtonElement && close()}>
        {children}
      </div>
    </details>
  );
}
