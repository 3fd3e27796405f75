import type { ContainerView, SessionView } from '../api/types';
import { Ago } from '../parts/ago';
import { Empty } from '../parts/empty';
import { SessionState } from '../parts/states';
import { cluster } from '../state/live';
import { shortId } from '../state/keys';
import { endSession, holdInput } from './actions';

/** Who is attached to a container, what each may do, and what can be done about it. */
export function WhoIsHere({ container, mine }: { container: ContainerView; mine: string | undefined }) {
  const sessions = cluster.sessionsOf(container);
  const holder = container.inputHolder ? sessions.find((one) => one.id === container.inputHolder) : undefined;
  return (
    <section id="who" data-testid="who">
      <h2>
        Who is here <span class="count">{sessions.length}</span>
      </h2>
      <p class="quiet" data-testid="input-holder">
        {container.inputHolder ? `Only ${holder ? nameOf(holder, mine) : 'one session'} may type.` : 'All peers may type.'}{' '}
        {container.inputHolder && (
          <button type="button" onClick={() => void holdInput({ node: container.node, id: container.inputHolder! }, false)} data-testid="release-input">
            Let all type
          </button>
        )}
      </p>
      {sessions.length === 0 ? (
        <Empty title="Nobody is attached" />
      ) : (
        <ul class="who">
          {sessions.map((session) => (
            <Person key={session.id} session={session} container={container} mine={mine} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Person({ session, container, mine }: { session: SessionView; container: ContainerView; mine: string | undefined }) {
  const own = session.id === mine;
  const mayHold = session.role !== 'observer' && session.stdin === true && session.state === 'claimed' && container.inputHolder !== session.id;
  return (
    <li class={own ? 'person own' : 'person'} data-testid="person" data-session={session.id}>
      <div class="person-head">
        <strong>{nameOf(session, mine)}</strong>
        <SessionState view={session} />
      </div>
      <div class="tags">
        <span class={session.role === 'observer' ? 'tag' : 'tag strong'}>{session.role ?? 'peer'}</span>
        {session.mayType && <span class="tag strong">may type</span>}
        {session.ownsSize && <span class="tag">sets the size</span>}
        {session.delivery === 'never-block' && <span class="tag">never slows PID 1</span>}
      </div>
      <div class="quiet">
        {session.address && `${session.address} `}
        {session.gateway && `by ${session.gateway}, `}
        since <Ago at={session.claimedAt ?? session.issuedAt} />
      </div>
      <div class="person-actions">
        {mayHold && (
          <button type="button" onClick={() => void holdInput(session, true)} data-testid={own ? 'take-input' : 'hand-input'}>
            {own ? 'Take the input' : 'Hand the input to it'}
          </button>
        )}
        <button type="button" onClick={() => void endSession(session)} data-testid="end-session">
          End
        </button>
      </div>
    </li>
  );
}

const nameOf = (session: SessionView, mine: string | undefined): string => (session.id === mine ? 'you' : session.client || `session ${shortId(session.id)}`);
