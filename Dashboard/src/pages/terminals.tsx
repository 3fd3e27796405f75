import { useState } from 'preact/hooks';
import type { Ref } from '../api/types';
import { Empty } from '../parts/empty';
import { ContainerState } from '../parts/states';
import { useStore } from '../parts/store';
import { parseFilter } from '../state/filter';
import { keyOf } from '../state/keys';
import { useContainer } from '../state/last';
import { cluster, version } from '../state/live';
import { toContainer, toTerminals } from '../state/route';
import { TerminalPane } from '../terminal/pane';

/** Browsers give a page so many accelerated terminals, and people so much attention. */
const LIMIT = 12;
const SUGGESTED = 8;

/** Several terminals side by side; which ones stands in the address. */
export function TerminalsPage({ containers }: { containers: readonly Ref[] }) {
  useStore(version);
  const shown = containers.slice(0, LIMIT);
  const go = (next: readonly Ref[]) => (location.hash = toTerminals(next));
  return (
    <div class="page fill" data-testid="page-terminals">
      <div class="page-head">
        <h1>Terminals</h1>
        <span class="grow" />
        {shown.length < LIMIT ? <Add taken={shown} onAdd={(ref) => go([...shown, ref])} /> : <span class="quiet">{LIMIT} at most</span>}
      </div>
      {shown.length === 0 ? (
        <Empty title="No terminal is open">Add a container above. The address of this page keeps them.</Empty>
      ) : (
        <div class={`grid n${Math.min(shown.length, 4)}`}>
          {shown.map((ref) => (
            <Tile key={keyOf(ref)} container={ref} onRemove={() => go(shown.filter((one) => keyOf(one) !== keyOf(ref)))} />
          ))}
        </div>
      )}
    </div>
  );
}

function Tile({ container, onRemove }: { container: Ref; onRemove: () => void }) {
  const { view, gone } = useContainer(container);
  return (
    <div class="tile" data-testid="tile">
      <div class="tile-head">
        {view ? (
          <>
            <a href={toContainer(view)} class="name">
              {view.name}
            </a>
            <span class="quiet">{view.node}</span>
            {gone ? <span class="warning">gone</span> : <ContainerState view={view} />}
          </>
        ) : (
          <span class="quiet">{container.id}</span>
        )}
        <span class="grow" />
        <button type="button" onClick={onRemove} aria-label={`Remove the terminal of ${view?.name ?? container.id}`}>
          ✕
        </button>
      </div>
      {view ? <TerminalPane container={view} /> : <Empty title={cluster.synced ? 'This container is not there' : 'Waiting for the list'} />}
    </div>
  );
}

function Add({ taken, onAdd }: { taken: readonly Ref[]; onAdd: (ref: Ref) => void }) {
  const [text, setText] = useState('');
  const keys = new Set(taken.map(keyOf));
  const matches = parseFilter(text);
  const found = text.trim() ? cluster.containers().filter((row) => row.view.state !== 'exited' && !keys.has(row.key) && matches(row.search)).slice(0, SUGGESTED) : [];
  const add = (ref: Ref) => {
    setText('');
    onAdd({ node: ref.node, id: ref.id });
  };
  return (
    <form
      class="add"
      onSubmit={(event) => {
        event.preventDefault();
        if (found[0]) add(found[0].view);
      }}
    >
      <input type="search" aria-label="Add a container" placeholder="Add a container…" value={text} onInput={(event) => setText(event.currentTarget.value)} data-testid="add-terminal" />
      {found.length > 0 && (
        <ul class="suggestions">
          {found.map((row) => (
            <li key={row.key}>
              <button type="button" onClick={() => add(row.view)} data-testid="suggestion">
                {row.view.name} <span class="quiet">{row.view.node}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
