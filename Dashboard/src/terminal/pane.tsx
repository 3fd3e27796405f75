import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContainerView, ReplayMode } from '../api/types';
import { confirm } from '../parts/confirm';
import { screenReader } from '../parts/preferences';
import { Store, useStore } from '../parts/store';
import { dark } from '../parts/theme';
import { feedState } from '../state/live';
import { TerminalController } from './controller';
import { Notices } from './notices';
import { describePaste } from './paste';
import { SearchBar } from './search';
import { FIRST_STATE, type Mode, type TerminalState } from './state';
import { StatusLine } from './status';
import { Strip } from './strip';
import { Toolbar } from './toolbar';

const NOTHING = new Store<TerminalState>(FIRST_STATE);

interface PaneProps {
  container: ContainerView;
  /** Told whenever the terminal has another session. */
  onSession?: (session: string | undefined) => void;
}

/** A terminal with its controls. It begins to watch by itself, and types only when someone asks for it. */
export function TerminalPane({ container, onSession }: PaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLElement>(null);
  const [controller, setController] = useState<TerminalController>();
  const [fault, setFault] = useState('');
  const [searching, setSearching] = useState(false);
  const state = useStore(controller?.state ?? NOTHING);
  const isDark = useStore(dark);
  const reader = useStore(screenReader);
  const feed = useStore(feedState).name;
  const feedBefore = useRef(feed);
  const latest = useRef(container);
  latest.current = container;

  useEffect(() => {
    let gone = false;
    let made: TerminalController | undefined;
    void import('./screen').then(
      ({ Screen }) => {
        if (gone || !box.current) return;
        const screen = new Screen(box.current, { dark: dark.value, screenReader: screenReader.value, lineFeeds: container.tty !== true, label: `Terminal of ${container.name}` });
        made = new TerminalController(latest.current, box.current, screen, {
          leave: () => (root.current?.querySelector<HTMLElement>('[aria-pressed="true"]') ?? root.current?.querySelector('button'))?.focus(),
          search: () => setSearching(true),
          confirmPaste,
        });
        setController(made);
        if (latest.current.state !== 'exited') void made.attach('watch', FIRST_STATE.replay);
      },
      () => setFault('The terminal could not be loaded. Load the page again.'),
    );
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [container.node, container.id]);

  useEffect(() => controller?.screen.setTheme(isDark), [controller, isDark]);
  useEffect(() => {
    if (controller) controller.screen.terminal.options.screenReaderMode = reader;
  }, [controller, reader]);
  useEffect(() => onSession?.(state.session), [state.session]);
  useEffect(() => {
    if (feedBefore.current === 'live' && feed === 'broken') controller?.doubtConnection();
    feedBefore.current = feed;
  }, [controller, feed]);

  const mayLeave = async () => state.mode !== 'help' || state.phase.name !== 'live' || !closesInput(container) || (await confirmLeave());
  const attach = async (mode: Mode, replay: ReplayMode, anew = false) => {
    if (!controller || !(await mayLeave())) return;
    await controller.attach(mode, replay, anew);
    if (mode === 'help') controller.focus();
  };
  const detach = async () => {
    if (await mayLeave()) controller?.detach();
  };

  return (
    <section class="term" ref={root} aria-label={`Terminal of ${container.name}`} data-testid="terminal-pane" data-mode={state.mode}>
      <Toolbar state={state} controller={controller} container={container} onMode={(mode) => void (mode === state.mode && state.phase.name === 'live' ? controller?.focus() : attach(mode, state.replay))} onDetach={() => void detach()} onReplay={(replay) => void attach(state.mode, replay, true)} onSearch={() => setSearching(!searching)} />
      <Strip state={state} controller={controller} container={container} onAgain={() => void attach(state.mode, state.replay)} />
      {searching && controller && (
        <SearchBar
          screen={controller.screen}
          onClose={() => {
            setSearching(false);
            controller.focus();
          }}
        />
      )}
      <div class="term-frame">
        <div class="term-box" ref={box} data-testid="terminal" />
        {fault && <p class="term-over">{fault}</p>}
        {!fault && container.state === 'exited' && state.phase.name === 'idle' && <p class="term-over">PID 1 has ended; there is nothing to attach to.</p>}
      </div>
      <Notices state={state} />
      <StatusLine state={state} />
    </section>
  );
}

/** Whether PID 1's input ends when this client leaves (StdinOnce without a terminal). */
const closesInput = (container: ContainerView): boolean => container.stdinOnce === true && container.tty !== true;

const confirmLeave = () =>
  confirm({
    title: 'This ends PID 1’s input',
    body: 'The container’s standard input closes with the first client that leaves it (stdinOnce). Nobody can type any more afterwards.',
    action: 'End the input',
    danger: true,
  });

function confirmPaste(text: string): Promise<boolean> {
  const { lines, preview } = describePaste(text);
  return confirm({
    title: lines === 1 ? 'Paste a line with its line break?' : `Paste ${lines} lines?`,
    body: (
      <>
        <p>A shell runs each line at once.</p>
        <pre class="paste">{preview}</pre>
      </>
    ),
    action: 'Paste',
  });
}
