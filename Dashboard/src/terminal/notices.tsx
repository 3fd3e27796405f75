import type { TerminalState } from './state';

/** What happened on the way, the newest first: losses, doubts, interruptions. */
export function Notices({ state }: { state: TerminalState }) {
  if (state.notices.length === 0) return null;
  const newest = state.notices.at(-1)!;
  return (
    <details class="notices" data-testid="terminal-notices">
      <summary>
        <span class={newest.weight} role="status">
          {newest.text}
        </span>
        {state.notices.length > 1 && <span class="quiet"> and {state.notices.length - 1} more</span>}
      </summary>
      <ol>
        {[...state.notices].reverse().map((notice) => (
          <li key={notice.id} class={notice.weight}>
            <time>{new Date(notice.at).toLocaleTimeString()}</time> {notice.text}
          </li>
        ))}
      </ol>
    </details>
  );
}
