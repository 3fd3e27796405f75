import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { page: 'overview' }
  | { page: 'containers'; filter: string }
  | { page: 'container'; node: string; id: string }
  | { page: 'sessions' }
  | { page: 'recordings' }
  | { page: 'recording'; node: string; id: string }
  | { page: 'terminals'; containers: { node: string; id: string }[] }
  | { page: 'unknown'; path: string };

/** Reads the part of the address behind `#`. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [page = '', node, id, ...more] = path.split('/').filter(Boolean).map(decode);
  if (more.length > 0) return { page: 'unknown', path };
  switch (page) {
    case '':
      return { page: 'overview' };
    case 'containers':
      return node && id ? { page: 'container', node, id } : { page: 'containers', filter: new URLSearchParams(query).get('q') ?? '' };
    case 'recordings':
      return node && id ? { page: 'recording', node, id } : { page: 'recordings' };
    case 'sessions':
      return { page: 'sessions' };
    case 'terminals':
      return { page: 'terminals', containers: new URLSearchParams(query).getAll('c').flatMap(readRef) };
    default:
      return { page: 'unknown', path };
  }
}

export const toContainer = (ref: { node: string; id: string }) => `#/containers/${encodeURIComponent(ref.node)}/${encodeURIComponent(ref.id)}`;

export const toRecording = (ref: { node: string; id: string }) => `#/recordings/${encodeURIComponent(ref.node)}/${encodeURIComponent(ref.id)}`;

export function toTerminals(containers: readonly { node: string; id: string }[]): string {
  const query = new URLSearchParams(containers.map((one) => ['c', `${one.node}/${one.id}`]));
  return containers.length > 0 ? `#/terminals?${query}` : '#/terminals';
}

/** Where the page is. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return route;
}

function readRef(text: string): { node: string; id: string }[] {
  const slash = text.lastIndexOf('/');
  return slash > 0 && slash < text.length - 1 ? [{ node: text.slice(0, slash), id: text.slice(slash + 1) }] : [];
}

// An address that was cut within an escape is shown as it is.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
