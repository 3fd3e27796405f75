import type { FeedEvent } from '../api/feed';
import type { ContainerView, GatewayView, NodeView, Ref, SessionView } from '../api/types';
import { searchContainer, searchSession, type Searchable } from './filter';
import { EMPTY_HISTORY, HistoryKeeper, type History } from './history';
import { keyOf } from './keys';

const ENDED_LIMIT = 256;

export interface ContainerRow {
  key: string;
  view: ContainerView;
  search: Searchable;
}

export interface SessionRow {
  key: string;
  view: SessionView;
  container: ContainerView | undefined;
  search: Searchable;
}

/** The cluster as the feed tells it. `changed` is called after each event that changed anything. */
export class Cluster {
  nodes: readonly NodeView[] = [];
  unreachable: readonly string[] = [];
  gateway: GatewayView | undefined;
  version = '';
  synced = false;
  history: History = EMPTY_HISTORY;
  /** Sessions that ended while this page watched, the newest first. */
  ended: readonly SessionView[] = [];

  #containers = new Map<string, ContainerRow>();
  #sessions = new Map<string, SessionView>();
  // A feed that starts over is collected here, so that the page does not go empty meanwhile.
  #nextContainers: Map<string, ContainerRow> | undefined;
  #nextSessions: Map<string, SessionView> | undefined;
  #sorted: readonly ContainerRow[] | undefined;
  #sessionRows: readonly SessionRow[] | undefined;
  #byContainer: Map<string, SessionView[]> | undefined;
  readonly #keeper = new HistoryKeeper();

  constructor(
    readonly now: () => number,
    readonly changed: () => void,
  ) {}

  apply(event: FeedEvent): void {
    switch (event.name) {
      case 'hello':
        this.version = event.data.version;
        this.#nextContainers = this.synced ? new Map() : undefined;
        this.#nextSessions = this.synced ? new Map() : undefined;
        if (!this.synced) this.#clear();
        break;
      case 'nodes':
        this.nodes = event.data.nodes;
        this.unreachable = event.data.unreachableNodes ?? [];
        this.history = this.#keeper.nodes(this.history, this.nodes, this.now());
        break;
      case 'containers':
        this.#setContainers(event.data.set ?? [], event.data.gone ?? []);
        break;
      case 'sessions':
        this.#setSessions(event.data.set ?? [], event.data.gone ?? []);
        break;
      case 'synced':
        this.#containers = this.#nextContainers ?? this.#containers;
        this.#sessions = this.#nextSessions ?? this.#sessions;
        this.#nextContainers = this.#nextSessions = undefined;
        this.#forget();
        this.synced = true;
        break;
      case 'gateway':
        this.gateway = event.data;
        this.history = this.#keeper.gateway(this.history, event.data);
        break;
    }
    this.changed();
  }

  get containerCount(): number {
    return this.#containers.size;
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  container(ref: Ref): ContainerView | undefined {
    return this.#containers.get(keyOf(ref))?.view;
  }

  session(ref: Ref): SessionView | undefined {
    return this.#sessions.get(keyOf(ref));
  }

  /** All containers, by node, namespace, pod, name, id. */
  containers(): readonly ContainerRow[] {
    return (this.#sorted ??= [...this.#containers.values()].sort((a, b) => order(a.view, b.view)));
  }

  /** All live sessions, the newest first. */
  sessions(): readonly SessionRow[] {
    return (this.#sessionRows ??= [...this.#sessions.values()].sort((a, b) => compare(b.issuedAt, a.issuedAt) || compare(a.id, b.id)).map((view) => this.sessionRow(view)));
  }

  sessionRow(view: SessionView): SessionRow {
    const container = this.container({ node: view.node, id: view.container });
    return { key: keyOf(view), view, container, search: searchSession(view, container) };
  }

  /** The live sessions of one container, the oldest first. */
  sessionsOf(ref: Ref): readonly SessionView[] {
    return this.#index().get(keyOf(ref)) ?? [];
  }

  #index(): Map<string, SessionView[]> {
    if (this.#byContainer) return this.#byContainer;
    const index = new Map<string, SessionView[]>();
    for (const row of [...this.sessions()].reverse()) {
      const key = keyOf({ node: row.view.node, id: row.view.container });
      const list = index.get(key);
      if (list) list.push(row.view);
      else index.set(key, [row.view]);
    }
    return (this.#byContainer = index);
  }

  #setContainers(set: readonly ContainerView[], gone: readonly Ref[]): void {
    const containers = this.#nextContainers ?? this.#containers;
    for (const view of set) {
      const key = keyOf(view);
      containers.set(key, { key, view, search: searchContainer(view) });
    }
    for (const ref of gone) containers.delete(keyOf(ref));
    this.#forget();
  }

  #setSessions(set: readonly SessionView[], gone: readonly Ref[]): void {
    const sessions = this.#nextSessions ?? this.#sessions;
    const ended: SessionView[] = [];
    for (const view of set) {
      if (view.state !== 'ended') {
        sessions.set(keyOf(view), view);
        continue;
      }
      sessions.delete(keyOf(view));
      ended.unshift(view);
    }
    for (const ref of gone) sessions.delete(keyOf(ref));
    if (ended.length > 0) this.ended = [...ended, ...this.ended].slice(0, ENDED_LIMIT);
    this.#forget();
  }

  #clear(): void {
    this.#containers.clear();
    this.#sessions.clear();
    this.#forget();
  }

  #forget(): void {
    this.#sorted = this.#sessionRows = this.#byContainer = undefined;
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function order(a: ContainerView, b: ContainerView): number {
  return compare(a.node, b.node) || compare(a.namespace ?? '', b.namespace ?? '') || compare(a.pod ?? '', b.pod ?? '') || compare(a.name, b.name) || compare(a.id, b.id);
}
