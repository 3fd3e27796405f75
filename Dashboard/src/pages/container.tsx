import { useState } from 'preact/hooks';
import type { ContainerView } from '../api/types';
import { Ago } from '../parts/ago';
import { Chip } from '../parts/chip';
import { Empty } from '../parts/empty';
import { ContainerState } from '../parts/states';
import { useStore } from '../parts/store';
import { useContainer } from '../state/last';
import { cluster, version } from '../state/live';
import { toTerminals } from '../state/route';
import { TerminalPane } from '../terminal/pane';
import { removeContainer, startContainer, stopContainer } from './actions';
import { WhoIsHere } from './who';

/** One container: its terminal, who is attached, and what is known about it. */
export function ContainerPage({ node, id }: { node: string; id: string }) {
  useStore(version);
  const [session, setSession] = useState<string>();
  const { view, gone } = useContainer({ node, id });
  if (!view) {
    return (
      <div class="page">
        <h1>Container</h1>
        <Empty title={cluster.synced ? 'This container is not there' : 'Waiting for the list'}>
          {cluster.synced && (
            <>
              It was removed, or its node is out of reach. <a href="#/containers">All containers</a>
            </>
          )}
        </Empty>
      </div>
    );
  }
  return (
    <div class="page fill" data-testid="page-container">
      <div class="page-head">
        <a class="back" href="#/containers" aria-label="All containers">
          ‹
        </a>
        <h1 class="name">{view.name}</h1>
        {gone ? <Chip tone="bad">not in the list</Chip> : <ContainerState view={view} />}
        {view.recording && (
          <span class="recording" data-testid="recording-mark">
            <span class="rec" aria-hidden="true" /> recorded
          </span>
        )}
        <span class="grow" />
        {!gone && <Actions view={view} />}
      </div>
      {gone && (
        <p class="warning reason" role="status" data-testid="container-gone">
          It was removed, or its node is out of reach. If the node comes back, the terminal goes on.
        </p>
      )}
      {(view.message || view.reason) && (
        <p class="quiet reason">
          {view.reason} {view.message}
        </p>
      )}
      <div class="split">
        <TerminalPane key={`${view.node}/${view.id}`} container={view} onSession={setSession} />
        <aside class="side" aria-label="About this container">
          <WhoIsHere container={view} mine={session} />
          <Facts view={view} />
          <Labels view={view} />
        </aside>
      </div>
    </div>
  );
}

function Actions({ view }: { view: ContainerView }) {
  return (
    <>
      {view.state !== 'exited' && (
        <a class="button" href={toTerminals([view])} title="Several terminals side by side">
          Side by side
        </a>
      )}
      {view.owned && view.state === 'created' && (
        <button type="button" class="primary" onClick={() => void startContainer(view)} data-testid="start">
          Start
        </button>
      )}
      {view.owned && view.state === 'running' && (
        <button type="button" class="danger" onClick={() => void stopContainer(view)} data-testid="stop">
          Stop
        </button>
      )}
      {view.owned && (
        <button type="button" class="danger" onClick={() => void removeContainer(view).then((gone) => gone && (location.hash = '#/containers'))} data-testid="remove">
          Remove
        </button>
      )}
    </>
  );
}

function Facts({ view }: { view: ContainerView }) {
  const streams = [view.tty ? 'terminal' : 'pipes', view.stdin ? (view.stdinOnce ? 'input once' : 'input') : 'no input'].join(', ');
  return (
    <section>
      <h2>Facts</h2>
      <dl class="facts">
        <dt>Node</dt>
        <dd>{view.node}</dd>
        <dt>Pod</dt>
        <dd>{view.pod ? `${view.namespace ?? ''}/${view.pod}` : '–'}</dd>
        <dt>Command</dt>
        <dd class="mono">{(view.args ?? []).join(' ') || '–'}</dd>
        <dt>Streams</dt>
        <dd>{streams}</dd>
        <dt>Runtime</dt>
        <dd>
          {view.runtime}
          {view.pid ? `, pid ${view.pid}` : ''}
          {view.owned ? ', owned' : ''}
        </dd>
        <dt>Made</dt>
        <dd>
          <Ago at={view.createdAt} /> ago
        </dd>
        <dt>{view.finishedAt ? 'Ended' : 'Runs for'}</dt>
        <dd>
          <Ago at={view.finishedAt ?? view.startedAt} />
          {view.finishedAt ? ' ago' : ''}
        </dd>
        <dt>Id</dt>
        <dd class="mono">{view.id}</dd>
        <dt>Log</dt>
        <dd class="mono">{view.logPath || '–'}</dd>
      </dl>
    </section>
  );
}

function Labels({ view }: { view: ContainerView }) {
  const labels = Object.entries(view.labels ?? {});
  if (labels.length === 0) return null;
  return (
    <section>
      <h2>Labels</h2>
      <ul class="labels">
        {labels.map(([key, value]) => (
          <li key={key} class="mono">
            {key}
            {value && `=${value}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
