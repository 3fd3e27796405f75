import type { components } from './schema';

type Schemas = components['schemas'];

export type NodeView = Schemas['NodeView'];
export type ContainerView = Schemas['ContainerView'];
export type SessionView = Schemas['SessionView'];
export type RecordingView = Schemas['RecordingView'];
export type CreateContainerBody = Schemas['CreateContainerBody'];
export type AttachBody = Schemas['AttachBody'];
export type AttachAnswer = Schemas['AttachAnswer'];
export type ReplayMode = Schemas['ReplayMode'];
export type MeView = Schemas['MeView'];

/** What `/api/v1/events` tells; OpenAPI has no words for it. */
export interface FeedMessages {
  hello: { gateway: string; version: string };
  nodes: { nodes: NodeView[]; unreachableNodes?: string[] };
  containers: { set?: ContainerView[]; gone?: Ref[] };
  sessions: { set?: SessionView[]; gone?: Ref[] };
  synced: Record<string, never>;
  gateway: GatewayView;
}

export interface Ref {
  node: string;
  id: string;
}

export interface GatewayView {
  name: string;
  sessions?: number;
  outputBytes?: number;
  inputBytes?: number;
  echoP50Ms?: number;
  echoP99Ms?: number;
}
