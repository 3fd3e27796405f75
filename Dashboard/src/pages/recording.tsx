import { useEffect, useState } from 'preact/hooks';
import { castUrl, listRecordings } from '../api/recordings';
import type { RecordingView as View } from '../api/types';
import { bytes, span } from '../parts/format';
import { RecordingState } from '../parts/states';
import { RecordingView } from '../recording/view';
import { shortId } from '../state/keys';
import { RecordedContainer } from './recordings';

/** One recording, played. */
export function RecordingPage({ node, id }: { node: string; id: string }) {
  const view = useView(node, id);
  const name = view?.containerName || shortId(view?.container ?? id);
  return (
    <div class="page fill" data-testid="page-recording">
      <div class="page-head">
        <a class="back" href="#/recordings" aria-label="All recordings">
          ‹
        </a>
        <h1 class="name">{name}</h1>
        {view && <RecordingState view={view} />}
        <span class="grow" />
        <a class="button" href={castUrl({ node, id })} download={`${name}.cast`} data-testid="download">
          Download
        </a>
      </div>
      {view?.reason && <p class="warning">{view.reason}</p>}
      <div class="split">
        <RecordingView key={`${node}/${id}`} recording={{ node, id }} />
        {view && <Facts view={view} />}
      </div>
    </div>
  );
}

function Facts({ view }: { view: View }) {
  return (
    <aside class="side" aria-label="About this recording">
      <section>
        <h2>Facts</h2>
        <dl class="facts">
          <dt>Container</dt>
          <dd>
            <RecordedContainer view={view} />
          </dd>
          <dt>Pod</dt>
          <dd>{view.pod ? `${view.namespace ?? ''}/${view.pod}` : '–'}</dd>
          <dt>Node</dt>
          <dd>{view.node}</dd>
          <dt>Began</dt>
          <dd>{new Date(view.startedAt).toLocaleString()}</dd>
          <dt>Length</dt>
          <dd>{view.endedAt ? span(Date.parse(view.endedAt) - Date.parse(view.startedAt)) : 'still recorded'}</dd>
          <dt>Size</dt>
          <dd>
            {bytes(view.bytes)}
            {view.width ? `, ${view.width}×${view.height}` : ''}
          </dd>
          {view.exitCode !== undefined && (
            <>
              <dt>Exit</dt>
              <dd>{view.exitCode}</dd>
            </>
          )}
          <dt>Attached</dt>
          <dd>{view.participants.map(shortId).join(', ') || '–'}</dd>
          <dt>Hash</dt>
          <dd class="mono">{view.hash || '–'}</dd>
        </dl>
      </section>
    </aside>
  );
}

// Without it the recording is still played; what is known of it is missing beside it.
function useView(node: string, id: string): View | undefined {
  const [view, setView] = useState<View>();
  useEffect(() => {
    let gone = false;
    listRecordings(node).then(
      ({ recordings }) => {
        if (!gone) setView(recordings.find((one) => one.id === id));
      },
      () => setView(undefined),
    );
    return () => {
      gone = true;
    };
  }, [node, id]);
  return view;
}
