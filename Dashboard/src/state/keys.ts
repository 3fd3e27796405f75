import type { Ref } from '../api/types';

/** Names a container or a session in the cluster. */
export const keyOf = (ref: Ref): string => `${ref.node}/${ref.id}`;

/** The first characters of an id, enough for people. */
export const shortId = (id: string): string => (id.length > 12 ? id.slice(0, 12) : id);
