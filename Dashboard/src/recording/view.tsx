import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../api/fault';
import type { Ref } from '../api/types';
import { screenReader } from '../parts/preferences';
import { useStore } from '../parts/store';
import { dark } from '../parts/theme';
import type { Screen } from '../terminal/screen';
import type { Cast } from './asciicast';
import { Controls } from './controls';
import { loadCast } from './load';
import { Player, type PlayerState } from './player';
import { castScreen } from './screen';

interface Loaded {
  cast: Cast;
  player: Player;
  screen: Screen;
}

const browser = {
  now: () => performance.now(),
  setTimeout: (action: () => void, milliseconds: number) => window.setTimeout(action, milliseconds),
  clearTimeout: (timer: number) => window.clearTimeout(timer),
};

/** Loads a recording and plays it. */
export function RecordingView({ recording }: { recording: Ref }) {
  const box = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState<Loaded>();
  const [state, setState] = useState<PlayerState>();
  const [fault, setFault] = useState('');
  const isDark = useStore(dark);
  const reader = useStore(screenReader);

  useEffect(() => {
    const stop = new AbortController();
    let made: Loaded | undefined;
    const load = async () => {
      const [cast, { Screen }] = await Promise.all([loadCast(recording, stop.signal), import('../terminal/screen')]);
      if (stop.signal.aborted || !box.current) return;
      const screen = new Screen(box.current, { dark: dark.value, screenReader: screenReader.value, lineFeeds: cast.plain, label: 'Recorded terminal' });
      screen.terminal.options.disableStdin = true;
      screen.terminal.attachCustomKeyEventHandler(() => false);
      made = { cast, screen, player: new Player(cast, castScreen(screen), browser, setState) };
      setLoaded(made);
    };
    load().catch((refusal: unknown) => {
      if (!stop.signal.aborted) setFault(words(refusal));
    });
    const observer = new ResizeObserver(() => made?.screen.fit());
    observer.observe(box.current!);
    return () => {
      stop.abort();
      observer.disconnect();
      made?.player.dispose();
      made?.screen.dispose();
    };
  }, [recording.node, recording.id]);

  useEffect(() => loaded?.screen.setTheme(isDark), [loaded, isDark]);
  useEffect(() => {
    if (loaded) loaded.screen.terminal.options.screenReaderMode = reader;
  }, [loaded, reader]);

  return (
    <section class="term" aria-label="Recording">
      {(fault || loaded?.cast.fault) && (
        <div class="strip warned" role="alert">
          {fault || loaded?.cast.fault}
        </div>
      )}
      <div class="term-frame">
        <div class="term-box" ref={box} data-testid="player" />
        {!loaded && !fault && <p class="term-over">Loading…</p>}
      </div>
      {loaded && state && <Controls player={loaded.player} cast={loaded.cast} state={state} />}
    </section>
  );
}
