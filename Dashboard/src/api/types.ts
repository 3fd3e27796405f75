import type { components } from './schema';

type Schemas = components['schemas'];

export type NodeView = Schemas['NodeView'];
export type ContainerView = Schemas['ContainerView'];
export type SessionView = Schemas['SessionView'];
export type CreateContainerBody = Schemas['CreateContainerBody'];
export type AttachBody = Schemas['AttachBody'];
export type AttachAnswer = Schemas['AttachAnswer'];
export type ReplayMode = Schemas['ReplayMode'];
export type MeView = Schemas['MeView'];

export type GatewayView = Schemas['GatewayView'];
export type RecordingView = Schemas['RecordingView'];
export type RecordingList = Schemas['RecordingList'];
export type Ref = Schemas['FeedKey'];

/** What each event of `/api/v1/events` holds. A list that is left out is empty. */
export interface FeedMessages {
  hello: Schemas['FeedHello'];
  nodes: { nodes: NodeView[]; unreachableNodes?: string[] };
  containers: { set?: ContainerView[]; gone?: Ref[] };
  sessions: Partial<Schemas['SessionChanges']>;
  synced: Record<string, never>;
  gateway: GatewayView;
}
