// Lists the containers of a cluster as they come and go, and watches one of them: the admin API by its generated client, and nothing else of CriAttach's.
import '@xterm/xterm/css/xterm.css';
import { Terminal } from '@xterm/xterm';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

type Container = components['schemas']['ContainerView'];
type Changes = components['schemas']['ContainerChanges'];
type Api = ReturnType<typeof createClient<paths>>;

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const say = (text: string) => (find('say').textContent = text);
const keyOf = ({ node, id }: { node: string; id: string }) => `${node}/${id}`;

const containers = new Map<string, Container>();
let feed: AbortController | undefined;
let watched: WebSocket | null = null;
let screen: Terminal | undefined;

find<HTMLFormElement>('door').onsubmit = (event) => {
  event.preventDefault();
  const form = new FormData(find<HTMLFormElement>('door'));
  const api = createClient<paths>({ baseUrl: String(form.get('gateway')).replace(/\/$/, ''), headers: { Authorization: `Bearer ${String(form.get('token'))}` } });
  feed?.abort(); // one feed, however often somebody connects
  const { signal } = (feed = new AbortController());
  follow(api, signal).catch((fault: unknown) => signal.aborted || say(`The feed ended: ${String(fault)}`));
};

/** Reads the feed of changes to its end. EventSource cannot send a token, so the stream is read here. */
async function follow(api: Api, signal: AbortSignal): Promise<void> {
  const { data, error } = await api.GET('/api/v1/events', { parseAs: 'stream', signal });
  if (error || !data) throw new Error(error?.detail ?? 'no answer');
  containers.clear();
  say('Connected.');
  for await (const { name, text } of events(data as ReadableStream<Uint8Array<ArrayBuffer>>)) {
    if (name !== 'containers') continue;
    const { set, gone } = JSON.parse(text) as Changes;
    for (const one of gone) containers.delete(keyOf(one));
    for (const one of set) containers.set(keyOf(one), one);
    draw(api);
  }
  say('The gateway closed the feed. Connect again.');
}

/** Server-sent events: lines "event: name" and "data: text", and an empty line behind each event. */
async function* events(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<{ name: string; text: string }> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + read.value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part)?.[1];
      const text = /^data: (.*)$/m.exec(part)?.[1];
      if (name !== undefined && text !== undefined) yield { name, text };
    }
  }
}

function draw(api: Api): void {
  const rows = [...containers.values()].sort((a, b) => a.name.localeCompare(b.name)).map((container) => {
    const watch = document.createElement('button');
    watch.textContent = 'Watch';
    watch.disabled = container.state !== 'running';
    watch.onclick = () => void attach(api, container);
    const row = document.createElement('li');
    row.append(watch, ` ${container.name} on ${container.node}: ${container.state}`); // as text: a name may hold anything
    return row;
  });
  find('list').replaceChildren(...rows);
}

/** Watches a container: an observer types nothing and slows nobody down. */
async function attach(api: Api, container: Container): Promise<void> {
  const { data, error } = await api.POST('/api/v1/containers/{reference}/attach', {
    params: { path: { reference: container.id } },
    body: { stdout: true, stderr: !container.tty, tty: container.tty, role: 'observer', replay: 'tail', replayBytes: 65536, client: 'api-page' },
  });
  if (error) return void say(error.detail);
  watched?.close();
  screen?.dispose();
  const terminal = (screen = new Terminal({ convertEol: !container.tty, disableStdin: true }));
  terminal.open(find('screen'));
  const socket = (watched = new WebSocket(data.url.replace(/^http/, 'ws'), 'v5.channel.k8s.io'));
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data: message }: MessageEvent<ArrayBuffer>) => {
    const [channel] = new Uint8Array(message, 0, 1); // 1 standard output, 2 standard error, 3 how it ended
    if (channel === 1 || channel === 2) {
      try {
        terminal.write(new Uint8Array(message, 1));
      } catch (fault) {
        // This protocol cannot slow the gateway down: xterm.js refuses what is more than 50 MB behind.
        watched = socket.onmessage = null;
        socket.close();
        say(`${container.name} writes faster than this page draws: ${String(fault)}`);
      }
    }
    if (channel === 3) say(new TextDecoder().decode(new Uint8Array(message, 1)));
  };
  socket.onclose = () => socket === watched && say(`${container.name}: detached.`);
  say(`Watching ${container.name}.`);
}
