import type { ContainerView } from '../api/types';
import { Countdown } from '../parts/countdown';
import { span } from '../parts/format';
import { pageClock, useNow } from '../parts/now';
import type { TerminalController } from './controller';
import type { TerminalState } from './state';

/** What stands between people and the terminal, said above it: interrupted, ended, may not type. */
export function Strip({ state, controller, container, onAgain }: { state: TerminalState; controller: TerminalController | undefined; container: ContainerView; onAgain: () => void }) {
  const { phase } = state;
  if (phase.name === 'interrupted') return <Interrupted phase={phase} onRetry={() => controller?.retry()} />;
  if (phase.name === 'ended') {
    return (
      <div class="strip ended" role="status" data-testid="terminal-end" data-cause={phase.end.cause}>
        <span>{phase.end.words}</span>
        {phase.end.again && container.state === 'running' && (
          <button type="button" onClick={onAgain} data-testid="attach-again">
            Attach again
          </button>
        )}
      </div>
    );
  }
  if (state.mode === 'help' && !state.mayType) {
    return (
      <div class="strip warned" role="status" data-testid="terminal-no-input">
        <span>Another session holds the input: what you type is not sent.</span>
      </div>
    );
  }
  return null;
}

// What ticks is for the eye: in a live region it would be read out twice a second.
function Interrupted({ phase, onRetry }: { phase: { retryAt: number | undefined; until: number; attempts: number }; onRetry: () => void }) {
  const now = useNow(500, pageClock);
  return (
    <div class="strip warned" data-testid="terminal-interrupted">
      <span>
        <span role="status">Interrupted; the container runs on.</span>{' '}
        <span aria-hidden="true">
          {phase.retryAt === undefined ? 'Connecting…' : <>Next try in <Countdown until={phase.retryAt} clock={pageClock} />.</>} <span class="quiet">The session is kept for {span(phase.until - now)} more.</span>
        </span>
      </span>
      {phase.retryAt !== undefined && (
        <button type="button" onClick={onRetry}>
          Try now
        </button>
      )}
    </div>
  );
}
