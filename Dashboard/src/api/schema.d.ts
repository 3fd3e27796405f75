// Written by hand in the shape that openapi-typescript generates, until docs/openapi.json is there. `npm run generate` replaces this file.

export interface paths {
  '/api/v1/me': { get: { responses: { 200: { content: { 'application/json': components['schemas']['MeView'] } } } } };
  '/api/v1/nodes': { get: { responses: { 200: { content: { 'application/json': components['schemas']['NodeList'] } } } } };
  '/api/v1/containers': {
    get: {
      parameters: { query?: { node?: string; namespace?: string; pod?: string; label?: string[]; state?: string; text?: string; limit?: number; continue?: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['ContainerList'] } } };
    };
    post: {
      requestBody: { content: { 'application/json': components['schemas']['CreateContainerBody'] } };
      responses: { 201: { content: { 'application/json': components['schemas']['ContainerView'] } } };
    };
  };
  '/api/v1/containers/{reference}': {
    get: { parameters: { path: { reference: string } }; responses: { 200: { content: { 'application/json': components['schemas']['ContainerView'] } } } };
    delete: { parameters: { path: { reference: string }; query?: { force?: boolean } }; responses: { 204: { content?: never } } };
  };
  '/api/v1/containers/{reference}/start': {
    post: { parameters: { path: { reference: string } }; responses: { 200: { content: { 'application/json': components['schemas']['ContainerView'] } } } };
  };
  '/api/v1/containers/{reference}/stop': {
    post: {
      parameters: { path: { reference: string } };
      requestBody: { content: { 'application/json': components['schemas']['StopBody'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['ContainerView'] } } };
    };
  };
  '/api/v1/containers/{reference}/attach': {
    post: {
      parameters: { path: { reference: string } };
      requestBody: { content: { 'application/json': components['schemas']['AttachBody'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['AttachAnswer'] } } };
    };
  };
  '/api/v1/sessions': {
    get: {
      parameters: { query?: { node?: string; container?: string; state?: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['SessionList'] } } };
    };
  };
  '/api/v1/sessions/{node}/{id}': {
    delete: { parameters: { path: { node: string; id: string }; query?: { message?: string } }; responses: { 204: { content?: never } } };
  };
  '/api/v1/sessions/{node}/{id}/input': {
    post: {
      parameters: { path: { node: string; id: string } };
      requestBody: { content: { 'application/json': components['schemas']['InputBody'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['SessionView'] } } };
    };
  };
  '/api/v1/recordings': {
    get: {
      parameters: { query?: { node?: string; container?: string } };
      responses: { 200: { content: { 'application/json': components['schemas']['RecordingList'] } } };
    };
  };
}

export interface components {
  schemas: {
    MeView: { name: string; gateway: string; node?: string; version: string; csrf?: string };
    NodeView: {
      name: string;
      version: string;
      runtimes?: string[];
      containers?: number;
      sessions?: number;
      outputBytes?: number;
      inputBytes?: number;
      startedAt?: string;
    };
    NodeList: { nodes: components['schemas']['NodeView'][]; unreachableNodes?: string[] };
    ContainerPhase: 'unknown' | 'created' | 'running' | 'exited';
    ContainerView: {
      node: string;
      id: string;
      name: string;
      runtime: string;
      state: components['schemas']['ContainerPhase'];
      createdAt: string;
      startedAt?: string;
      finishedAt?: string;
      exitCode?: number;
      reason?: string;
      message?: string;
      tty?: boolean;
      stdin?: boolean;
      stdinOnce?: boolean;
      args?: string[];
      namespace?: string;
      pod?: string;
      labels?: { [key: string]: string };
      logPath?: string;
      pid?: number;
      inputHolder?: string;
      owned?: boolean;
      recording?: boolean;
    };
    ContainerList: { containers: components['schemas']['ContainerView'][]; unreachableNodes?: string[]; total?: number; continue?: string };
    CreateContainerBody: {
      node?: string;
      runtime?: string;
      name?: string;
      rootfs?: string;
      bundle?: string;
      args?: string[];
      env?: string[];
      workingDirectory?: string;
      tty?: boolean;
      stdin?: boolean;
      stdinOnce?: boolean;
      startLater?: boolean;
      namespace?: string;
      pod?: string;
      labels?: { [key: string]: string };
      annotations?: { [key: string]: string };
    };
    StopBody: { timeoutSeconds?: number };
    ReplayMode: 'none' | 'unseen' | 'tail' | 'all';
    DeliveryMode: 'unset' | 'throttle' | 'never-block';
    SessionRole: 'peer' | 'observer';
    AttachBody: {
      stdin?: boolean;
      stdout?: boolean;
      stderr?: boolean;
      tty?: boolean;
      replay?: components['schemas']['ReplayMode'];
      replayBytes?: number;
      exitStatus?: boolean;
      delivery?: components['schemas']['DeliveryMode'];
      role?: components['schemas']['SessionRole'];
      client?: string;
    };
    AttachAnswer: { url: string; session: string; container: components['schemas']['ContainerView'] };
    SessionPhase: 'issued' | 'claimed' | 'suspended' | 'ended';
    SessionView: {
      id: string;
      node: string;
      container: string;
      state: components['schemas']['SessionPhase'];
      gateway?: string;
      stdin?: boolean;
      stdout?: boolean;
      stderr?: boolean;
      tty?: boolean;
      issuedAt: string;
      claimedAt?: string;
      role?: components['schemas']['SessionRole'];
      mayType?: boolean;
      ownsSize?: boolean;
      client?: string;
      address?: string;
      delivery?: components['schemas']['DeliveryMode'];
      endedAt?: string;
      cause?: string;
      message?: string;
    };
    SessionList: { sessions: components['schemas']['SessionView'][]; unreachableNodes?: string[] };
    InputBody: { hold: boolean };
    RecordingView: {
      node: string;
      id: string;
      container: string;
      containerName?: string;
      namespace?: string;
      pod?: string;
      state: 'recording' | 'complete' | 'broken';
      startedAt: string;
      endedAt?: string;
      bytes?: number;
      width?: number;
      height?: number;
      exitCode?: number;
      participants?: string[];
      hash?: string;
      reason?: string;
    };
    RecordingList: { recordings: components['schemas']['RecordingView'][]; unreachableNodes?: string[] };
    Problem: { type?: string; title?: string; status?: number; detail?: string };
  };
}
