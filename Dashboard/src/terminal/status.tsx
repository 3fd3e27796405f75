import { bytes, milliseconds } from '../parts/format';
import { Chip, type Tone } from '../parts/chip';
import { LEAVE_KEYS } from './keys';
import type { TerminalState } from './state';

const TONES: Record<string, Tone> = { idle: 'quiet', asking: 'busy', connecting: 'busy', live: 'good', interrupted: 'busy', ended: 'quiet' };
const WORDS: Record<string, string> = { idle: 'detached', asking: 'attaching', connecting: 'connecting', live: 'live', interrupted: 'interrupted', ended: 'ended' };

/** The line below a terminal. */
export function StatusLine({ state }: { state: TerminalState }) {
  const typing = state.mode === 'help' && state.phase.name === 'live';
  return (
    <div class="term-status" data-testid="terminal-status">
      <span data-testid="terminal-state" data-state={state.phase.name}>
        <Chip tone={TONES[state.phase.name] ?? 'quiet'}>{WORDS[state.phase.name]}</Chip>
      </span>
      <span>{typing ? (state.mayType ? 'you may type' : 'input held by another') : state.mode === 'watch' ? 'read-only' : ''}</span>
      {typing && state.inputWaits && (
        <span class="waits" role="status" data-testid="terminal-input-waits">
          input waits: PID 1 has not read it yet
        </span>
      )}
      <span title="Bytes received" data-testid="terminal-bytes" data-bytes={state.bytes}>
        {bytes(state.bytes)}
      </span>
      <span title="From input to PID 1 or the next output: the median of the last 21" data-testid="terminal-latency">
        {state.latency === undefined ? '' : milliseconds(state.latency)}
      </span>
      <span title={state.following ? 'Set by another session' : 'Columns and rows'} data-testid="terminal-size">
        {state.size.cols}×{state.size.rows}
        {state.following ? ' (followed)' : ''}
      </span>
      {state.title && (
        <span class="term-title" title="The title that the container has set" data-testid="terminal-title">
          {state.title}
        </span>
      )}
      <span class="term-hint">
        <kbd>{LEAVE_KEYS}</kbd> leaves the terminal
      </span>
    </div>
  );
}
