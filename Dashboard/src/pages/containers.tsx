import { useMemo, useState } from 'preact/hooks';
import type { ContainerView } from '../api/types';
import { Ago } from '../parts/ago';
import { Empty } from '../parts/empty';
import { count } from '../parts/format';
import { NARROW, useMedia } from '../parts/media';
import { Cell, Rows } from '../parts/rows';
import { ContainerState } from '../parts/states';
import { useStore } from '../parts/store';
import type { ContainerRow } from '../state/cluster';
import { parseFilter } from '../state/filter';
import { cluster, version } from '../state/live';
import { toContainer } from '../state/route';
import { removeContainer, startContainer, stopContainer } from './actions';
import { RunDialog } from './run';

const STATES = ['all', 'running', 'created', 'exited'] as const;
const COLUMNS = ['State', 'Container', 'Pod', 'Node', 'Attached', 'Age', ''];

/** All containers of the cluster, with a filter that answers while one types. */
export function ContainersPage({ filter: asked }: { filter: string }) {
  const now = useStore(version);
  const [filter, setFilter] = useState(asked);
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const [running, setRunning] = useState(false);
  const narrow = useMedia(NARROW);
  const rows = cluster.containers();
  const shown = useMemo(() => {
    const matches = parseFilter(filter);
    return rows.filter((row) => (state === 'all' || row.view.state === state) && matches(row.search));
  }, [rows, filter, state]);
  return (
    <div class="page fill" data-testid="page-containers" data-version={now}>
      <div class="page-head">
        <h1>Containers</h1>
        <span class="quiet" role="status" data-testid="container-count">
          {shown.length === rows.length ? count(rows.length) : `${count(shown.length)} of ${count(rows.length)}`}
        </span>
        <span class="grow" />
        <button type="button" class="primary" onClick={() => setRunning(true)} data-testid="run">
          Run…
        </button>
      </div>
      <div class="filters">
        <input type="search" class="filter" aria-label="Filter containers" placeholder="Filter: words, or node:n1 ns:shop state:running label:app=web" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} data-testid="filter" />
        <div class="segments" role="group" aria-label="State">
          {STATES.map((one) => (
            <button type="button" key={one} aria-pressed={state === one} onClick={() => setState(one)} data-testid={`state-${one}`}>
              {one}
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <Nothing all={rows.length} onClear={() => (setFilter(''), setState('all'))} />
      ) : (
        <Rows label="Containers" items={shown} keyOf={(row) => row.key} rowHeight={narrow ? 84 : 46} layout="containers" columns={COLUMNS} testid="containers" render={(row) => <ContainerCells row={row} />} />
      )}
      {running && <RunDialog onClose={() => setRunning(false)} />}
    </div>
  );
}

function ContainerCells({ row: { view } }: { row: ContainerRow }) {
  const attached = cluster.sessionsOf(view).length;
  return (
    <>
      <Cell at={0}>
        <ContainerState view={view} />
      </Cell>
      <Cell at={1} title={`${view.name}\n${view.id}`}>
        <a class="row-link" href={toContainer(view)} data-testid="container">
          {view.name}
        </a>
        <span class="sub">{(view.args ?? []).join(' ') || view.runtime}</span>
      </Cell>
      <Cell at={2} title={`${view.namespace ?? ''}/${view.pod ?? ''}`}>
        {view.pod ? (
          <>
            <span class="quiet">{view.namespace}/</span>
            {view.pod}
          </>
        ) : (
          <span class="quiet">–</span>
        )}
      </Cell>
      <Cell at={3} title={view.node}>
        {view.node}
      </Cell>
      <Cell at={4}>
        {attached > 0 ? <span class="count">{count(attached)}</span> : <span class="quiet wide-only">–</span>}
        {view.recording && <span class="rec" title="Recorded" aria-label="Recorded" role="img" />}
      </Cell>
      <Cell at={5}>
        <Ago at={view.state === 'exited' ? view.finishedAt : (view.startedAt ?? view.createdAt)} />
      </Cell>
      <Cell at={6}>{view.owned && <RowActions view={view} />}</Cell>
    </>
  );
}

function RowActions({ view }: { view: ContainerView }) {
  return (
    <span class="row-actions">
      {view.state === 'created' && (
        <button type="button" onClick={() => void startContainer(view)} aria-label={`Start ${view.name}`}>
          Start
        </button>
      )}
      {view.state === 'running' && (
        <button type="button" onClick={() => void stopContainer(view)} aria-label={`Stop ${view.name}`}>
          Stop
        </button>
      )}
      {view.state !== 'running' && (
        <button type="button" onClick={() => void removeContainer(view)} aria-label={`Remove ${view.name}`}>
          Remove
        </button>
      )}
    </span>
  );
}

function Nothing({ all, onClear }: { all: number; onClear: () => void }) {
  if (all > 0) {
    return (
      <Empty title="No container matches">
        <button type="button" onClick={onClear}>
          Clear the filter
        </button>
      </Empty>
    );
  }
  return <Empty title={cluster.synced ? 'There are no containers' : 'Waiting for the list'}>{cluster.synced && 'Run one here, or with criattach run. Containers of an upstream runtime appear by themselves.'}</Empty>;
}
