import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, ask } from '../api/client';
import { words } from '../api/fault';
import type { SessionView } from '../api/types';
import { endOf } from '../attach/end';
import { Ago } from '../parts/ago';
import { Empty } from '../parts/empty';
import { count } from '../parts/format';
import { NARROW, useMedia } from '../parts/media';
import { Cell, Rows } from '../parts/rows';
import { SessionState } from '../parts/states';
import { useStore } from '../parts/store';
import type { SessionRow } from '../state/cluster';
import { parseFilter } from '../state/filter';
import { keyOf, shortId } from '../state/keys';
import { cluster, version } from '../state/live';
import { toContainer } from '../state/route';
import { endSession } from './actions';

const LIVE = ['State', 'Client', 'Container', 'Role', 'Gateway', 'Since', ''];
const ENDED = ['State', 'Client', 'Container', 'Why', 'Gateway', 'Ended', ''];

/** All sessions: those that live, and the last that ended, with the reason. */
export function SessionsPage() {
  const now = useStore(version);
  const [filter, setFilter] = useState('');
  const [ended, setEnded] = useState(false);
  const narrow = useMedia(NARROW);
  const before = useEnded(ended);
  const rows = useMemo(() => (ended ? merge(cluster.ended, before.sessions).map((view) => cluster.sessionRow(view)) : cluster.sessions()), [ended, before.sessions, now]);
  const shown = useMemo(() => rows.filter(((matches) => (row: SessionRow) => matches(row.search))(parseFilter(filter))), [rows, filter]);
  return (
    <div class="page fill" data-testid="page-sessions">
      <div class="page-head">
        <h1>Sessions</h1>
        <span class="quiet" role="status" data-testid="session-count">
          {shown.length === rows.length ? count(rows.length) : `${count(shown.length)} of ${count(rows.length)}`}
        </span>
      </div>
      <div class="filters">
        <input type="search" class="filter" aria-label="Filter sessions" placeholder="Filter: words, or role:observer client:kubectl state:suspended" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} data-testid="filter" />
        <div class="segments" role="group" aria-label="Which">
          <button type="button" aria-pressed={!ended} onClick={() => setEnded(false)} data-testid="sessions-live">
            live
          </button>
          <button type="button" aria-pressed={ended} onClick={() => setEnded(true)} data-testid="sessions-ended">
            ended
          </button>
        </div>
      </div>
      {ended && before.fault && (
        <p class="warning" role="alert">
          Those that ended before cannot be shown. {before.fault}
        </p>
      )}
      {shown.length === 0 ? (
        <Empty title={rows.length > 0 ? 'No session matches' : ended ? 'No session has ended' : 'Nobody is attached anywhere'}>
          {rows.length > 0 && (
            <button type="button" onClick={() => setFilter('')}>
              Clear the filter
            </button>
          )}
        </Empty>
      ) : (
        <Rows label="Sessions" items={shown} keyOf={(row) => row.key} rowHeight={narrow ? 84 : 46} layout={ended ? 'sessions ended' : 'sessions'} columns={ended ? ENDED : LIVE} testid="sessions" render={(row) => <SessionCells row={row} />} />
      )}
    </div>
  );
}

function SessionCells({ row: { view, container } }: { row: SessionRow }) {
  const over = view.state === 'ended';
  const why = over ? endOf(view.cause, view.message).words : '';
  return (
    <>
      <Cell at={0}>
        <SessionState view={view} />
      </Cell>
      <Cell at={1} title={`${view.client ?? ''}\n${view.id}`}>
        {view.client || shortId(view.id)}
        <span class="sub">{view.address ?? ''}</span>
      </Cell>
      <Cell at={2} title={view.container}>
        <a href={toContainer({ node: view.node, id: view.container })} data-testid="session-container">
          {container?.name ?? shortId(view.container)}
        </a>
        <span class="sub">{view.node}</span>
      </Cell>
      <Cell at={3} title={why || undefined}>
        {over ? (
          <span data-testid="session-cause" data-cause={view.cause}>
            {why}
          </span>
        ) : (
          <span class="tags">
            <span class={view.role === 'observer' ? 'tag' : 'tag strong'}>{view.role ?? 'peer'}</span>
            {view.mayType && <span class="tag strong">may type</span>}
            {view.ownsSize && <span class="tag">size</span>}
          </span>
        )}
      </Cell>
      <Cell at={4}>{view.gateway || <span class="quiet">–</span>}</Cell>
      <Cell at={5}>
        <Ago at={over ? view.endedAt : (view.claimedAt ?? view.issuedAt)} />
      </Cell>
      <Cell at={6}>
        {!over && (
          <span class="row-actions">
            <button type="button" onClick={() => void endSession(view)} aria-label={`End the session of ${view.client || shortId(view.id)}`} data-testid="end-session">
              End
            </button>
          </span>
        )}
      </Cell>
    </>
  );
}

/** Those that ended before this page was opened. */
function useEnded(wanted: boolean): { sessions: readonly SessionView[]; fault: string } {
  const [state, setState] = useState<{ sessions: readonly SessionView[]; fault: string }>({ sessions: [], fault: '' });
  useEffect(() => {
    if (!wanted) return;
    ask(api.GET('/api/v1/sessions', { params: { query: { state: 'ended' } } })).then(
      (list) => setState({ sessions: list.sessions, fault: '' }),
      (fault: unknown) => setState({ sessions: [], fault: words(fault) }),
    );
  }, [wanted]);
  return state;
}

function merge(watched: readonly SessionView[], before: readonly SessionView[]): SessionView[] {
  const all = new Map([...before, ...watched].map((view) => [keyOf(view), view]));
  return [...all.values()].sort((a, b) => (a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1);
}
