import { api, ask } from '../api/client';
import type { ContainerView, SessionView } from '../api/types';
import { attempt } from '../parts/alerts';
import { confirm } from '../parts/confirm';
import { shortId } from '../state/keys';

/** Starts a container that was made and waits. */
export const startContainer = (view: ContainerView) => attempt(() => ask(api.POST('/api/v1/containers/{reference}/start', { params: { path: { reference: view.id } } })));

export async function stopContainer(view: ContainerView): Promise<void> {
  const yes = await confirm({
    title: `Stop ${view.name}?`,
    body: 'PID 1 is told to end, and killed when it has not after 10 seconds. All sessions of the container end with it.',
    action: 'Stop',
    danger: true,
  });
  if (yes) await attempt(() => ask(api.POST('/api/v1/containers/{reference}/stop', { params: { path: { reference: view.id } }, body: {} })));
}

/** Removes a container. Answers whether it is gone. */
export async function removeContainer(view: ContainerView): Promise<boolean> {
  const running = view.state === 'running';
  const yes = await confirm({
    title: `Remove ${view.name}?`,
    body: running ? 'PID 1 is killed, and the container and its log are removed. This cannot be undone.' : 'The container and its log are removed. This cannot be undone.',
    action: running ? 'Kill and remove' : 'Remove',
    danger: true,
  });
  if (!yes) return false;
  return attempt(() => ask(api.DELETE('/api/v1/containers/{reference}', { params: { path: { reference: view.id }, query: running ? { force: true } : {} } })));
}

export async function endSession(view: SessionView): Promise<void> {
  const yes = await confirm({
    title: 'End this session?',
    body: `${view.client || 'The client'}${view.address ? ` at ${view.address}` : ''} is detached and told that an operator ended it. The container runs on. (Session ${shortId(view.id)})`,
    action: 'End session',
    danger: true,
  });
  if (!yes) return;
  await attempt(() =>
    ask(api.DELETE('/api/v1/sessions/{node}/{id}', { params: { path: { node: view.node, id: view.id }, query: { message: 'ended from the dashboard' } } })),
  );
}

/** Lets one session alone type, or all peers again. */
export const holdInput = (session: { node: string; id: string }, hold: boolean) =>
  attempt(() => ask(api.POST('/api/v1/sessions/{node}/{id}/input', { params: { path: { node: session.node, id: session.id } }, body: { hold } })));
