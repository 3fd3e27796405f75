import type { ComponentChildren } from 'preact';
import type { NodeView } from '../api/types';
import { Sparkline } from '../charts/sparkline';
import { Ago } from '../parts/ago';
import { Chip } from '../parts/chip';
import { Empty } from '../parts/empty';
import { bytes, count, milliseconds, rate } from '../parts/format';
import { useStore } from '../parts/store';
import { causeInWords } from '../attach/end';
import { SLOTS } from '../state/history';
import { cluster, version } from '../state/live';
import { shortId } from '../state/keys';
import { toContainer } from '../state/route';

/** The cluster at a glance. */
export function OverviewPage() {
  useStore(version);
  const { nodes, unreachable, history, gateway } = cluster;
  const rows = cluster.containers();
  const running = rows.reduce((sum, row) => sum + (row.view.state === 'running' ? 1 : 0), 0);
  const interrupted = cluster.sessions().filter((row) => row.view.state === 'suspended').length;
  const out = history.output.at(-1) ?? 0;
  const typed = history.input.at(-1) ?? 0;
  return (
    <div class="page" data-testid="page-overview">
      <h1>Overview</h1>
      <div class="cards">
        <Card title="Nodes" value={count(nodes.length)} note={unreachable.length > 0 ? `${unreachable.length} out of reach` : 'all answer'} bad={unreachable.length > 0} />
        <Card title="Containers" value={count(rows.length)} note={`${count(running)} running`} href="#/containers" />
        <Card title="Sessions" value={count(cluster.sessionCount)} note={interrupted > 0 ? `${interrupted} interrupted` : 'none interrupted'} href="#/sessions" />
        <Card title="Output of containers" value={rate(out)} note="all nodes, over the last 3 min">
          <Sparkline values={history.output} slots={SLOTS} label={`Output, now ${rate(out)}`} />
        </Card>
        <Card title="Input to containers" value={rate(typed)} note="all nodes, over the last 3 min">
          <Sparkline values={history.input} slots={SLOTS} label={`Input, now ${rate(typed)}`} />
        </Card>
        <Card title={`Echo at ${gateway?.name ?? 'this gateway'}`} value={milliseconds(gateway?.echoP50Ms)} note={gateway?.echoP99Ms === undefined ? 'nobody has typed here yet' : `p50; p99 (grey) is ${milliseconds(gateway.echoP99Ms)}`}>
          <Sparkline values={history.echoP50} also={history.echoP99} slots={SLOTS} label={`Echo, now ${milliseconds(gateway?.echoP50Ms)} at the median and ${milliseconds(gateway?.echoP99Ms)} at the 99th percentile`} />
        </Card>
      </div>
      <section>
        <h2>Nodes</h2>
        {nodes.length === 0 && unreachable.length === 0 ? (
          <Empty title={cluster.synced ? 'No node is in the cluster' : 'Waiting for the first news of the cluster'} />
        ) : (
          <div class="table-box" tabIndex={0} role="region" aria-label="Nodes">
            <table data-testid="nodes">
              <thead>
                <tr>
                  <th scope="col">Node</th>
                  <th scope="col">State</th>
                  <th scope="col" class="num">Containers</th>
                  <th scope="col" class="num">Sessions</th>
                  <th scope="col" class="num">Output</th>
                  <th scope="col" class="num">Written</th>
                  <th scope="col">Runtimes</th>
                  <th scope="col">Version</th>
                </tr>
              </thead>
              <tbody>
                {unreachable.map((name) => (
                  <tr key={name} data-testid="node-unreachable">
                    <th scope="row">{name}</th>
                    <td>
                      <Chip tone="bad">out of reach</Chip>
                    </td>
                    <td colSpan={6} class="quiet">
                      Its containers and sessions are missing here; they may well run on.
                    </td>
                  </tr>
                ))}
                {nodes.map((node) => (
                  <NodeRow key={node.name} node={node} out={history.nodes.get(node.name)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section>
        <h2>Ended while you watched</h2>
        {cluster.ended.length === 0 ? (
          <Empty title="No session has ended since this page was opened">
            <a href="#/sessions">All sessions</a> has those before.
          </Empty>
        ) : (
          <ul class="plain-list" data-testid="recent-ends">
            {cluster.ended.slice(0, 8).map((view) => {
              const container = cluster.container({ node: view.node, id: view.container });
              return (
                <li key={`${view.node}/${view.id}`}>
                  <Ago at={view.endedAt} /> ago: <strong>{view.client || 'a client'}</strong> left{' '}
                  <a href={toContainer({ node: view.node, id: view.container })}>{container?.name ?? shortId(view.container)}</a>
                  <span class="quiet"> – {causeInWords(view.cause ?? '')}</span>
                </li>
              );
            })}
          </ul>
        )}
      </section>
    </div>
  );
}

function NodeRow({ node, out }: { node: NodeView; out: number | undefined }) {
  return (
    <tr data-testid="node">
      <th scope="row">
        <a href={`#/containers?q=${encodeURIComponent(`node:${node.name}`)}`}>{node.name}</a>
      </th>
      <td>
        <Chip tone="good">up</Chip>
      </td>
      <td class="num">{count(Number(node.containers ?? 0))}</td>
      <td class="num">{count(Number(node.sessions ?? 0))}</td>
      <td class="num">{out === undefined ? '–' : rate(out)}</td>
      <td class="num">{bytes(Number(node.outputBytes ?? 0))}</td>
      <td>{(node.runtimes ?? []).join(', ') || '–'}</td>
      <td class="quiet">{node.version}</td>
    </tr>
  );
}

function Card({ title, value, note, bad, href, children }: { title: string; value: string; note: string; bad?: boolean; href?: string; children?: ComponentChildren }) {
  return (
    <div class={`card ${children ? 'wide' : ''}`} data-testid="card">
      <h2 class="card-title">{href ? <a href={href}>{title}</a> : title}</h2>
      <p class="card-value">{value}</p>
      <p class={bad ? 'card-note warning' : 'card-note'}>{note}</p>
      {children}
    </div>
  );
}
