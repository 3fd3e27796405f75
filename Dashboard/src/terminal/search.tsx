import { useEffect, useRef, useState } from 'preact/hooks';
import type { Screen } from './screen';

/** Search in what the terminal keeps. */
export function SearchBar({ screen, onClose }: { screen: Screen; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  useEffect(() => {
    input.current?.focus();
    return () => screen.endSearch();
  }, [screen]);
  const find = (direction: 'next' | 'previous') => setFound(screen.find(text, direction));
  return (
    <form
      class="term-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        find('previous');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter' && event.shiftKey) {
          event.preventDefault();
          find('next');
        }
      }}
    >
      <input
        ref={input}
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search the scrollback"
        value={text}
        onInput={(event) => {
          const value = event.currentTarget.value;
          setText(value);
          setFound(screen.find(value, 'next', true));
        }}
        data-testid="search-input"
      />
      <span class="quiet" role="status">
        {text && !found ? 'not found' : ''}
      </span>
      <button type="submit" title="Further up (Enter)">
        ↑<span class="unseen">Previous</span>
      </button>
      <button type="button" title="Further down (Shift+Enter)" onClick={() => find('next')}>
        ↓<span class="unseen">Next</span>
      </button>
      <button type="button" title="Close (Escape)" onClick={onClose}>
        ✕<span class="unseen">Close search</span>
      </button>
    </form>
  );
}
