#!/usr/bin/env node
// A gateway that is made up, for working on the page and for its screenshots: the admin API, the feed, attach, on two ports, and the built page.
//
//   node mock/main.mjs [--port 7400] [--containers 60] [--sessions 20]
//
// It is a tool for development: it lets everyone in, and binds to loopback only. `/mock/down?ms=5000` makes the first gateway go away for a while, with `&both=1` the other too.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { Session } from './attach.mjs';
import { cast, makeCluster, RECORDINGS } from './cluster.mjs';

const { values: options } = parseArgs({ options: { port: { type: 'string', default: '7400' }, containers: { type: 'string', default: '60' }, sessions: { type: 'string', default: '20' }, unreachable: { type: 'string', default: '' }, tick: { type: 'string', default: '2000' } } });
const port = Number(options.port);
const dist = new URL('../dist', import.meta.url).pathname;
const csrf = randomBytes(16).toString('hex');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const CSP = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; connect-src 'self' ws://127.0.0.1:${port} ws://127.0.0.1:${port + 1}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`;

const feeds = new Set();
const changed = { containers: new Map(), sessions: new Map() };
const cluster = makeCluster({ containers: Number(options.containers), sessions: Number(options.sessions), onChange: change });
const unreachableNodes = options.unreachable ? options.unreachable.split(',') : [];
let down = [];

function change(kind, view, gone = false) {
  changed[kind].set(`${view.node}/${view.id}`, { view, gone });
}

const send = (response, name, data) => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
const refs = (list) => list.map(({ view }) => ({ node: view.node, id: view.id }));

setInterval(() => {
  for (const kind of ['containers', 'sessions']) {
    const all = [...changed[kind].values()];
    changed[kind].clear();
    if (all.length === 0) continue;
    for (const feed of feeds) send(feed, kind, { set: all.filter((one) => !one.gone).map((one) => one.view), gone: refs(all.filter((one) => one.gone)) });
  }
}, 100);

let ticks = 0;
setInterval(() => {
  ticks++;
  for (const [i, node] of cluster.nodes.entries()) {
    node.outputBytes += Math.round(2e5 * (i + 1) * (1.2 + Math.sin(ticks / 4 + i)) + Math.random() * 1e5);
    node.inputBytes += Math.round(300 * (i + 1) * (1 + Math.random()));
    node.containers = [...cluster.containers.values()].filter((one) => one.node === node.name).length;
    node.sessions = [...cluster.sessions.values()].filter((one) => one.view.node === node.name).length;
  }
  for (const feed of feeds) {
    send(feed, 'nodes', nodesNow());
    send(feed, 'gateway', { name: 'g1', sessions: cluster.sessions.size, outputBytes: 0, inputBytes: 0, echoP50Ms: 0.5 + Math.random() / 5, echoP99Ms: 1.5 + Math.random() * 2 });
  }
}, Number(options.tick));

const nodesNow = () => ({ nodes: cluster.nodes.filter((node) => !unreachableNodes.includes(node.name)), unreachableNodes });

function feed(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  send(response, 'hello', { gateway: 'g1', version: '0.5.0-mock' });
  send(response, 'nodes', nodesNow());
  const all = [...cluster.containers.values()];
  for (let at = 0; at < all.length; at += 500) send(response, 'containers', { set: all.slice(at, at + 500), gone: [] });
  send(response, 'sessions', { set: [...cluster.sessions.values()].map((one) => one.view), gone: [] });
  send(response, 'synced', {});
  feeds.add(response);
  response.on('close', () => feeds.delete(response));
}

const problem = (response, status, title, detail) => {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ title, status, detail }));
};
const json = (response, body, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return text ? JSON.parse(text) : {};
}

const tokens = new Map();

function attach(container, body) {
  const pid1 = cluster.pid1(container);
  const id = randomBytes(16).toString('hex');
  const view = { id, node: container.node, container: container.id, state: 'issued', gateway: 'g1', stdin: body.stdin === true, stdout: true, stderr: body.stderr === true, tty: container.tty, issuedAt: new Date().toISOString(), role: body.role ?? 'peer', mayType: false, ownsSize: false, client: body.client ?? 'unknown', address: '127.0.0.1', delivery: body.role === 'observer' ? 'never-block' : 'throttle' };
  const session = new Session(view, pid1, {
    urls: () => [`http://127.0.0.1:${port}/attach/`, `http://127.0.0.1:${port + 1}/attach/`],
    replay: body.replay ?? 'unseen',
    replayBytes: body.replayBytes ?? 0,
    onChange: (one) => change('sessions', one),
    onEnd: () => {
      cluster.sessions.delete(id);
      cluster.ended.unshift(view);
      change('sessions', view);
      if (container.inputHolder === id) hold(container, undefined);
    },
  });
  cluster.sessions.set(id, session);
  const token = randomBytes(32).toString('base64url');
  tokens.set(token, session);
  change('sessions', view);
  return { url: `http://127.0.0.1:${port}/attach/${token}`, session: id, container };
}

function hold(container, holder) {
  if (holder) container.inputHolder = holder;
  else delete container.inputHolder;
  change('containers', container);
  for (const session of cluster.sessions.values()) {
    if (session.view.container !== container.id || !session.tellRight) continue;
    session.tellRight();
    change('sessions', session.view);
  }
}

async function api(request, response, url) {
  const path = url.pathname.split('/').slice(3).map(decodeURIComponent);
  if (!['GET', 'HEAD'].includes(request.method) && request.headers['x-criattach-csrf'] !== csrf) return problem(response, 403, 'A header is missing', 'Send X-CriAttach-Csrf.');
  const key = `${request.method} ${path[0]}`;
  const container = path[0] === 'containers' ? [...cluster.containers.values()].find((one) => one.id.startsWith(path[1] ?? '-') || one.name === path[1]) : undefined;
  if (key === 'GET me') return json(response, { name: 'operator', gateway: 'g1', node: 'n1', version: '0.5.0-mock', csrf });
  if (key === 'GET events') return feed(response);
  if (key === 'GET nodes') return json(response, nodesNow());
  if (key === 'GET recordings' && path[1]) {
    response.writeHead(200, { 'content-type': 'application/x-asciicast', 'content-disposition': 'attachment' });
    return response.end(cast());
  }
  if (key === 'GET recordings') return json(response, { recordings: RECORDINGS, unreachableNodes });
  if (key === 'GET sessions') return json(response, { sessions: url.searchParams.get('state') === 'ended' ? cluster.ended.slice(0, 256) : [...cluster.sessions.values()].map((one) => one.view), unreachableNodes });
  if (path[0] === 'sessions') {
    const session = cluster.sessions.get(path[2]);
    if (!session) return problem(response, 404, 'No such session', path[2]);
    if (request.method === 'DELETE') {
      session.end('endedByOperator', url.searchParams.get('message') ?? '');
      response.writeHead(204);
      return response.end();
    }
    const body = await bodyOf(request);
    if (session.view.role === 'observer') return problem(response, 409, 'An observer cannot hold the input', 'It was attached without standard input.');
    hold(cluster.containers.get(session.view.container), body.hold ? path[2] : undefined);
    return json(response, session.view);
  }
  if (key === 'GET containers' && !path[1]) return json(response, { containers: [...cluster.containers.values()], unreachableNodes, total: cluster.containers.size });
  if (key === 'POST containers' && !path[1]) {
    const body = await bodyOf(request);
    const view = cluster.add({ node: body.node ?? 'n1', name: body.name ?? 'unnamed', args: body.args, tty: body.tty, stdin: body.stdin, namespace: body.namespace, pod: body.pod, state: body.startLater ? 'created' : 'running' });
    change('containers', view);
    return json(response, view, 201);
  }
  if (!container) return problem(response, 404, 'No such container', path[1] ?? '');
  if (request.method === 'DELETE') {
    cluster.containers.delete(container.id);
    change('containers', container, true);
    response.writeHead(204);
    return response.end();
  }
  if (key === 'GET containers') return json(response, container);
  if (path[2] === 'attach') {
    const body = await bodyOf(request);
    if (container.state === 'exited') return problem(response, 409, 'The container has ended', 'There is nothing to attach to.');
    if (body.role === 'observer' && body.stdin) return problem(response, 400, 'An observer sends no input', 'Leave stdin out.');
    return json(response, attach(container, body));
  }
  if (path[2] === 'start') {
    Object.assign(container, { state: 'running', startedAt: new Date().toISOString() });
    change('containers', container);
  } else if (path[2] === 'stop') {
    cluster.pid1(container).exit(137);
  }
  return json(response, container);
}

function page(response, path) {
  const file = join(dist, normalize(path === '/' ? '/index.html' : path));
  if (!file.startsWith(dist) || !existsSync(file)) return problem(response, 404, 'No such file', path);
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  response.end(readFileSync(file));
}

async function answer(request, response) {
  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  if (url.pathname === '/mock/down') {
    goDown(Number(url.searchParams.get('ms') ?? 5000), url.searchParams.has('both'));
    return json(response, { down: true });
  }
  if (down.includes(request.socket.localPort)) return request.socket.destroy();
  if (url.pathname === '/logout') {
    response.writeHead(204);
    return response.end();
  }
  if (url.pathname.startsWith('/api/v1/')) await api(request, response, url);
  else page(response, url.pathname);
  return undefined;
}

function goDown(ms, both) {
  down = both ? [port, port + 1] : [port];
  for (const one of feeds) one.destroy();
  for (const session of cluster.sessions.values()) session.socket?.terminate();
  setTimeout(() => {
    down = [];
  }, ms);
}

const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => (offered.has('v1.resume.criattach') ? 'v1.resume.criattach' : false) });

function upgrade(request, socket, head) {
  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  const token = url.pathname.split('/').at(-1);
  const session = tokens.get(token) ?? [...cluster.sessions.values()].find((one) => one.tokens?.has(token));
  if (down.includes(socket.localPort)) return socket.destroy();
  if (!session || session.view.state === 'ended') return socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  tokens.delete(token);
  sockets.handleUpgrade(request, socket, head, (websocket) => {
    const from = url.searchParams.has('offset') ? { offset: Number(url.searchParams.get('offset')) } : undefined;
    session.open(websocket, Number(url.searchParams.get('window') ?? 0), from);
  });
}

for (const one of [port, port + 1]) {
  const server = createServer((request, response) => {
    answer(request, response).catch((fault) => problem(response, 500, 'The mock failed', String(fault)));
  });
  server.on('upgrade', upgrade);
  server.listen(one, '127.0.0.1');
}
console.log(`mock gateway: http://127.0.0.1:${port}/`);
