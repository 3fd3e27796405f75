import { Menu } from '../parts/menu';
import { useStore } from '../parts/store';
import { screenReader } from '../parts/preferences';
import type { ContainerView, ReplayMode } from '../api/types';
import type { TerminalController } from './controller';
import { save } from './save';
import type { Mode, TerminalState } from './state';

interface ToolbarProps {
  state: TerminalState;
  controller: TerminalController | undefined;
  container: ContainerView;
  onMode: (mode: Mode) => void;
  onDetach: () => void;
  onReplay: (replay: ReplayMode) => void;
  onSearch: () => void;
}

const REPLAYS: [ReplayMode, string][] = [
  ['none', 'from now on'],
  ['unseen', 'what nobody saw'],
  ['tail', 'the last 64 KB'],
  ['all', 'all that is kept'],
];

/** The controls above a terminal. */
export function Toolbar({ state, controller, container, onMode, onDetach, onReplay, onSearch }: ToolbarProps) {
  const reader = useStore(screenReader);
  const attached = state.phase.name !== 'idle' && state.phase.name !== 'ended';
  const canType = container.stdin === true;
  return (
    <div class="term-tools" role="toolbar" aria-label="Terminal">
      <div class="segments" role="group" aria-label="Role">
        <button type="button" aria-pressed={attached && state.mode === 'watch'} onClick={() => onMode('watch')} data-testid="terminal-watch" title="Read-only; never slows PID 1 down, never sets its size">
          Watch
        </button>
        <button type="button" aria-pressed={attached && state.mode === 'help'} disabled={!canType} onClick={() => onMode('help')} data-testid="terminal-help" title={canType ? 'Type, as one of those attached' : 'PID 1 has no standard input'}>
          Help
        </button>
      </div>
      <button type="button" disabled={!attached} onClick={onDetach} data-testid="terminal-detach">
        Detach
      </button>
      <label class="inline replay">
        <span>Show</span>
        <select aria-label="Show" value={state.replay} onChange={(event) => onReplay(event.currentTarget.value as ReplayMode)} data-testid="terminal-replay">
          {REPLAYS.map(([value, text]) => (
            <option value={value} key={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <span class="grow" />
      <button type="button" onClick={onSearch} title="Ctrl+Shift+F" data-testid="terminal-search">
        Search
      </button>
      <Menu label="More">
        <button type="button" onClick={() => void controller?.copyAll()}>
          Copy all text
        </button>
        <button type="button" onClick={() => controller && save(controller.screen.text(), `${container.name}.txt`)}>
          Save as text
        </button>
        <button type="button" onClick={() => controller && save(controller.screen.serialized(), `${container.name}.ansi`)}>
          Save with colours
        </button>
        <label class="inline">
          <input type="checkbox" checked={reader} onChange={(event) => (screenReader.value = event.currentTarget.checked)} data-testid="screen-reader" />
          Screen-reader mode
        </label>
      </Menu>
    </div>
  );
}
