import type { ComponentChildren } from 'preact';

export type Tone = 'good' | 'busy' | 'bad' | 'quiet' | 'accent';

/** A state: a dot, whose colour helps, and a word, which says it. */
export function Chip({ tone, children, testid }: { tone: Tone; children: ComponentChildren; testid?: string }) {
  return (
    <span class={`chip ${tone}`} data-testid={testid}>
      <span class="dot" aria-hidden="true" />
      {children}
    </span>
  );
}
