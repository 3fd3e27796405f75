import { api } from '../api/client';
import type { Ref } from '../api/types';
import { dialWebSocket } from '../attach/dial';
import { endOf, type AttachEnd } from '../attach/end';
import type { AttachWorld } from '../attach/session';

/** The browser, as an attach to a container sees it. */
export const browserWorld = (container: Ref): AttachWorld => ({
  dial: dialWebSocket,
  now: () => performance.now(),
  random: Math.random,
  setTimeout: (action, milliseconds) => window.setTimeout(action, milliseconds),
  clearTimeout: (timer) => window.clearTimeout(timer),
  fate: (session) => fateOf({ node: container.node, id: session }),
});

// Undefined also where nobody can tell: the attach goes on trying until the gateway would have forgotten the session.
async function fateOf(session: Ref): Promise<AttachEnd | undefined> {
  try {
    const live = await api.GET('/api/v1/sessions', { params: { query: { node: session.node } } });
    if (!live.data || live.data.unreachableNodes?.includes(session.node)) return undefined;
    if (live.data.sessions.some((one) => one.id === session.id)) return undefined;
    const ended = await api.GET('/api/v1/sessions', { params: { query: { node: session.node, state: 'ended' } } });
    const found = ended.data?.sessions.find((one) => one.id === session.id);
    if (!ended.data || ended.data.unreachableNodes?.includes(session.node)) return undefined;
    return endOf(found?.cause ?? 'refused', found?.message);
  } catch {
    return undefined; // the admin API is out of reach, and the session may still go on at another gateway
  }
}
