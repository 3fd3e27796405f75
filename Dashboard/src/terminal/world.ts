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
  fate: (session) => fateOf(container, session),
});

// Undefined also where nobody can tell: the attach goes on trying until the gateway would have forgotten the session.
async function fateOf(container: Ref, session: string): Promise<AttachEnd | undefined> {
  const query = { node: container.node, container: container.id };
  try {
    const live = await api.GET('/api/v1/sessions', { params: { query } });
    if (!live.data || live.data.unreachableNodes.includes(container.node) || live.data.sessions.some((one) => one.id === session)) return undefined;
    const ended = await api.GET('/api/v1/sessions', { params: { query: { ...query, state: 'ended' } } });
    if (!ended.data || ended.data.unreachableNodes.includes(container.node)) return undefined;
    const found = ended.data.sessions.find((one) => one.id === session);
    return endOf(found?.cause ?? 'refused', found?.message);
  } catch {
    return undefined; // the admin API is out of reach, and the session may still go on at another gateway
  }
}
