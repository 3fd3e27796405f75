import type { ContainerView, SessionView } from '../api/types';

/** What of a container or session is searched, in lower case, and its fields for terms such as `node:n1`. */
export interface Searchable {
  text: string;
  fields: Record<string, string>;
}

export function searchContainer(view: ContainerView): Searchable {
  const labels = Object.entries(view.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const fields = {
    node: view.node,
    ns: view.namespace ?? '',
    pod: view.pod ?? '',
    name: view.name,
    id: view.id,
    state: view.state,
    runtime: view.runtime,
    label: labels.join('\n'),
    args: (view.args ?? []).join(' '),
  };
  return searchable(fields);
}

export function searchSession(view: SessionView, container: ContainerView | undefined): Searchable {
  return searchable({
    node: view.node,
    id: view.id,
    state: view.state,
    role: view.role ?? '',
    client: view.client ?? '',
    address: view.address ?? '',
    gateway: view.gateway ?? '',
    cause: view.cause ?? '',
    container: `${view.container}\n${container?.name ?? ''}`,
    pod: container?.pod ?? '',
    ns: container?.namespace ?? '',
  });
}

export type Match = (item: Searchable) => boolean;

/** Reads a filter: words that must all occur somewhere, or `field:word` that must occur in that field. */
export function parseFilter(filter: string): Match {
  const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (item) =>
    terms.every((term) => {
      const colon = term.indexOf(':');
      const name = term.slice(0, Math.max(0, colon));
      // The fields are those of the item, not what every object has.
      const field = Object.hasOwn(item.fields, name) ? item.fields[name] : undefined;
      return field === undefined ? item.text.includes(term) : field.includes(term.slice(colon + 1));
    });
}

function searchable(fields: Record<string, string>): Searchable {
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) lower[name] = value.toLowerCase();
  return { text: Object.values(lower).join('\n'), fields: lower };
}
