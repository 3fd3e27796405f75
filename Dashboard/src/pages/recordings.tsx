import { useEffect, useMemo, useState } from 'preact/hooks';
import { words } from '../api/fault';
import { castUrl, listRecordings } from '../api/recordings';
import type { RecordingView } from '../api/types';
import { Ago } from '../parts/ago';
import { Empty } from '../parts/empty';
import { bytes, count, plural, span } from '../parts/format';
import { NARROW, useMedia } from '../parts/media';
import { Cell, Rows } from '../parts/rows';
import { RecordingState } from '../parts/states';
import { shortId } from '../state/keys';
import { toContainer, toRecording } from '../state/route';

const COLUMNS = ['State', 'Container', 'Pod', 'Node', 'Began', 'Length', 'Size', ''];
const PERIOD = 10_000;

interface Listed {
  recordings: readonly RecordingView[];
  unreachable: readonly string[];
  fault: string;
}

/** All recordings, the newest first. */
export function RecordingsPage() {
  const listed = useRecordings();
  const [filter, setFilter] = useState('');
  const narrow = useMedia(NARROW);
  const shown = useMemo(() => {
    const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (view: RecordingView) => [view.id, view.node, view.container, view.containerName, view.namespace, view.pod, view.state, ...view.participants].join('\n').toLowerCase();
    return (listed?.recordings ?? []).filter((view) => terms.every((term) => text(view).includes(term)));
  }, [listed, filter]);
  return (
    <div class="page fill" data-testid="page-recordings">
      <div class="page-head">
        <h1>Recordings</h1>
        <span class="quiet" role="status">
          {listed ? count(shown.length) : ''}
        </span>
      </div>
      <div class="filters">
        <input type="search" class="filter" aria-label="Filter recordings" placeholder="Filter by container, pod, node, participant" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} data-testid="filter" />
      </div>
      {listed?.fault && (
        <p class="warning" role="alert">
          The list cannot be shown. {listed.fault}
        </p>
      )}
      {(listed?.unreachable.length ?? 0) > 0 && <p class="warning">Out of reach, so missing here: {listed?.unreachable.join(', ')}.</p>}
      {shown.length > 0 ? (
        <Rows label="Recordings" items={shown} keyOf={(view) => `${view.node}/${view.id}`} rowHeight={narrow ? 84 : 46} layout="recordings" columns={COLUMNS} testid="recordings" render={(view) => <RecordingCells view={view} />} />
      ) : (
        !listed?.fault && <Empty title={!listed ? 'Loading…' : listed.recordings.length > 0 ? 'No recording matches' : 'Nothing has been recorded'}>{listed?.recordings.length === 0 && 'Which namespaces are recorded is set on the nodes (CriAttach:Recording).'}</Empty>
      )}
    </div>
  );
}

function RecordingCells({ view }: { view: RecordingView }) {
  const name = view.containerName || shortId(view.container);
  return (
    <>
      <Cell at={0} title={view.reason}>
        <RecordingState view={view} />
      </Cell>
      <Cell at={1} title={`${name}\n${view.id}`}>
        <a class="row-link" href={toRecording(view)} data-testid="recording">
          {name}
        </a>
        <span class="sub">{plural(view.participants.length, 'session')}</span>
      </Cell>
      <Cell at={2}>{view.pod ? `${view.namespace ?? ''}/${view.pod}` : <span class="quiet">–</span>}</Cell>
      <Cell at={3}>{view.node}</Cell>
      <Cell at={4}>
        <Ago at={view.startedAt} /> ago
      </Cell>
      <Cell at={5}>{view.endedAt ? span(Date.parse(view.endedAt) - Date.parse(view.startedAt)) : '…'}</Cell>
      <Cell at={6}>{bytes(view.bytes)}</Cell>
      <Cell at={7}>
        <span class="row-actions">
          <a class="button" href={castUrl(view)} download={`${name}.cast`} aria-label={`Download the recording of ${name}`}>
            Download
          </a>
        </span>
      </Cell>
    </>
  );
}

function useRecordings(): Listed | undefined {
  const [listed, setListed] = useState<Listed>();
  useEffect(() => {
    let gone = false;
    let timer: number | undefined;
    const load = async () => {
      try {
        const list = await listRecordings();
        const recordings = [...list.recordings].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
        if (!gone) setListed({ recordings, unreachable: list.unreachableNodes, fault: '' });
      } catch (fault) {
        if (!gone) setListed((last) => ({ recordings: last?.recordings ?? [], unreachable: [], fault: words(fault) }));
      }
      if (!gone) timer = window.setTimeout(() => void load(), PERIOD);
    };
    void load();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, []);
  return listed;
}

/** What is known of the container of a recording. */
export const RecordedContainer = ({ view }: { view: RecordingView }) => <a href={toContainer({ node: view.node, id: view.container })}>{view.containerName || shortId(view.container)}</a>;
