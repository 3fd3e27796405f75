// Made-up nodes, containers, sessions and recordings.
import { randomBytes } from 'node:crypto';
import { Pid1 } from './pid1.mjs';

const APPS = ['web', 'api', 'cart', 'billing', 'search', 'worker', 'cache', 'auth', 'mail', 'report'];
const CLIENTS = ['kubectl/v1.36.1', 'criattach', 'dashboard', 'Go-http-client', 'attach.mjs'];
const id = () => randomBytes(32).toString('hex');
const ago = (ms) => new Date(Date.now() - ms).toISOString();

export function makeCluster({ containers: count, sessions: idle, onChange }) {
  const nodes = ['n1', 'n2', 'n3'].map((name, i) => ({ name, version: '0.5.0', runtimes: i === 2 ? ['criupstream'] : ['conmon', 'process'], containers: 0, sessions: 0, outputBytes: 0, inputBytes: 0 }));
  const containers = new Map();
  const pids = new Map();
  const sessions = new Map();
  const ended = [];
  const add = (view) => {
    const full = { runtime: 'conmon', state: 'running', createdAt: ago(1e5), startedAt: ago(9e4), reason: '', message: '', tty: true, stdin: true, stdinOnce: false, args: ['sh'], namespace: '', pod: '', labels: {}, logPath: '', pid: 4242, owned: true, recording: false, ...view, id: view.id ?? id() };
    full.logPath ||= `/var/log/criattach/${full.id.slice(0, 12)}/0.log`;
    containers.set(full.id, full);
    return full;
  };
  const pid1 = (view) => {
    if (!pids.has(view.id)) pids.set(view.id, new Pid1(view, { onChange: (one) => onChange('containers', one) }));
    return pids.get(view.id);
  };
  add({ node: 'n1', id: 'a'.repeat(64), name: 'shell', namespace: 'demo', pod: 'shell-0', labels: { app: 'shell', 'app.kubernetes.io/part-of': 'demo' }, recording: true });
  add({ node: 'n1', id: 'b'.repeat(64), name: 'shell-too', namespace: 'demo', pod: 'shell-1' });
  add({ node: 'n2', id: 'c'.repeat(64), name: '<img src=x onerror=alert(1)>', labels: { '<script>alert(2)</script>': '"><b>bold' }, args: ['sh', '-c', '<u>hi</u>'] });
  add({ node: 'n2', id: 'd'.repeat(64), name: 'pipes', tty: false, args: ['cat'] });
  add({ node: 'n2', id: 'e'.repeat(64), name: 'a-name-that-is-as-long-as-kubernetes-lets-it-be-and-then-some-more-of-it-0123456789', namespace: 'a-rather-long-namespace-for-a-team', pod: 'deployment-with-a-long-name-7d9c6b5f4d-x2x9z' });
  add({ node: 'n3', id: 'f'.repeat(64), name: 'broken', state: 'exited', exitCode: 137, startedAt: ago(9e6), finishedAt: ago(6e6), reason: 'OOMKilled', owned: true });
  for (let i = containers.size; i < count; i++) {
    const app = APPS[i % APPS.length];
    const state = i % 17 === 0 ? 'exited' : i % 41 === 0 ? 'created' : 'running';
    add({
      node: nodes[i % 3].name, name: `${app}-${i}`, namespace: ['shop', 'infra', 'team-blue'][i % 3], pod: `${app}-${(i * 7919).toString(36)}-${i}`, state, createdAt: ago(1e6 + i * 6e4), startedAt: state === 'created' ? undefined : ago(9e5 + i * 6e4),
      ...(state === 'exited' ? { exitCode: i % 2, finishedAt: ago(i * 3e4) } : {}), labels: { app, tier: i % 2 ? 'front' : 'back' }, args: [`/usr/bin/${app}`, '--listen', `:${8000 + i}`], owned: i % 3 !== 2, runtime: i % 3 === 2 ? 'criupstream' : 'conmon', tty: i % 4 === 0, stdin: i % 2 === 0,
    });
  }
  const running = [...containers.values()].filter((one) => one.state === 'running');
  for (let i = 0; i < idle; i++) {
    const container = running[(i * 13) % running.length];
    const view = { id: id().slice(0, 32), node: container.node, container: container.id, state: i % 29 === 0 ? 'suspended' : 'claimed', gateway: i % 2 ? 'g1' : 'g2', stdin: i % 3 > 0, stdout: true, stderr: false, tty: container.tty, issuedAt: ago(1e6 + i * 1000), claimedAt: ago(1e6 + i * 1000), role: i % 3 ? 'peer' : 'observer', mayType: i % 3 > 0, ownsSize: false, client: CLIENTS[i % CLIENTS.length], address: `10.1.${i % 7}.${i % 250}`, delivery: i % 3 ? 'throttle' : 'never-block' };
    sessions.set(view.id, { view, end: (cause, message) => { Object.assign(view, { state: 'ended', cause, message, endedAt: new Date().toISOString() }); sessions.delete(view.id); ended.unshift(view); onChange('sessions', view); } });
  }
  for (let i = 0; i < 12; i++) {
    const container = running[i % running.length];
    ended.push({ id: id().slice(0, 32), node: container.node, container: container.id, state: 'ended', gateway: 'g1', stdin: true, stdout: true, tty: true, issuedAt: ago(4e6), claimedAt: ago(4e6), endedAt: ago(1e5 * (i + 1)), role: 'peer', client: CLIENTS[i % CLIENTS.length], address: '10.1.2.3', cause: ['containerExited', 'clientDetached', 'clientGone', 'endedByOperator', 'idleTimeout'][i % 5], message: i % 5 === 3 ? 'maintenance' : '' });
  }
  return { nodes, containers, sessions, ended, add, pid1, newId: id };
}

export const RECORDINGS = [
  { node: 'n1', id: 'rec-1', container: 'a'.repeat(64), containerName: 'shell', namespace: 'demo', pod: 'shell-0', state: 'complete', startedAt: ago(7.2e6), endedAt: ago(7.17e6), bytes: 18_312, width: 80, height: 24, exitCode: 3, participants: ['8f3b2c1d9e7a4b60', '19c0ffee19c0ffee'], hash: 'sha256:5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592' },
  { node: 'n1', id: 'rec-2', container: 'b'.repeat(64), containerName: 'shell-too', namespace: 'demo', pod: 'shell-1', state: 'recording', startedAt: ago(3e5), bytes: 1024, width: 120, height: 30, participants: ['77aa77aa77aa77aa'] },
  { node: 'n2', id: 'rec-3', container: 'e'.repeat(64), containerName: 'a-name-that-is-as-long-as-kubernetes-lets-it-be-and-then-some-more-of-it-0123456789', namespace: 'a-rather-long-namespace-for-a-team', pod: 'deployment-with-a-long-name-7d9c6b5f4d-x2x9z', state: 'broken', startedAt: ago(9e6), endedAt: ago(8.9e6), bytes: 524_288_000, width: 200, height: 50, reason: 'The disk was full.' },
];

export function cast() {
  const lines = [JSON.stringify({ version: 3, term: { cols: 80, rows: 24, type: 'xterm' }, timestamp: Math.floor(Date.now() / 1000) - 7200 }), '# made by the mock'];
  const out = (interval, text) => lines.push(JSON.stringify([interval, 'o', text]));
  out(0.2, '\x1b[36m/ # \x1b[0m');
  for (const key of 'top') out(0.15, key);
  out(0.3, '\r\n');
  for (let i = 0; i < 40; i++) {
    out(0.25, `\x1b[32mstep ${i}\x1b[0m ${'#'.repeat(i)}\r\n`);
    if (i === 10) lines.push(JSON.stringify([0, 'm', 'dashboard attached']));
    if (i === 20) lines.push(JSON.stringify([0.1, 'r', '100x30']));
  }
  lines.push(JSON.stringify([0.5, 'x', '3']));
  return `${lines.join('\n')}\n`;
}
