// Made of docs/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells who the caller is, and which gateway answers
         * @description Callers that are logged in by the cookie find here what their changes need beside it.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an address that logs in once
         * @description It is good for ten minutes, at this gateway. At most 100 wait at a time.
         */
        post: operations["createTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the nodes of the cluster */
        get: operations["listNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/containers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists containers of all nodes
         * @description In the order of node, namespace, pod, name and id.
         */
        get: operations["listContainers"];
        put?: never;
        /** Makes a container, and starts it unless told otherwise */
        post: operations["createContainer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/containers/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells what a container is now */
        get: operations["getContainer"];
        put?: never;
        post?: never;
        /** Removes a container with its log */
        delete: operations["removeContainer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/containers/{reference}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a container that was made to start later */
        post: operations["startContainer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/containers/{reference}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks PID 1 to end, and kills it when it takes too long */
        post: operations["stopContainer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/containers/{reference}/attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issues a URL that attaches to a container
         * @description The container runs, or is about to: its state may be created, so that nothing it says is missed.
         */
        post: operations["attachContainer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who is attached to what
         * @description With state=ended: the sessions that ended last, the newest of each node first, as many as it remembers.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{node}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a session
         * @description Its client is told that an operator did, and why.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{node}/{id}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a session alone type, or all peers again
         * @description The session is claimed and asked for standard input. When it ends, all peers may type again.
         */
        post: operations["holdInput"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the recordings
         * @description The newest first.
         */
        get: operations["listRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{node}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reads a recording
         * @description As asciicast v3, the parts of a rotated one joined; of one that is still being written, what there is.
         */
        get: operations["readRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells what there is and what changes, as server-sent events
         * @description First everything there is, then what changes; who connects again is told everything again. Events and their data:
         *     hello (FeedHello); nodes (NodeList, whole, every 2 s); containers (ContainerChanges); sessions (SessionChanges; one that ended comes once more, with its cause);
         *     synced ({}, once, when everything was told); gateway (GatewayView, every 2 s). A comment line comes every 15 s.
         *     A client that leaves more than 4 MiB unread is cut.
         */
        get: operations["listenEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logs the gateway's own page in
         * @description Answers with the cookie. The Origin header must be the page's own.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes the browser forget the login
         * @description A copy of the cookie stays good until it ends by itself; another token ends all at once.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A session that waits for its client. */
        AttachAnswer: {
            /** @description The URL to open once, soon, with a WebSocket or SPDY; whoever has it may attach. */
            url: string;
            /** @description The id of the session, as in id. */
            session: string;
            /** @description The container. */
            container: components["schemas"]["ContainerView"];
        };
        /** @description Which streams a client wants, and from where on. */
        AttachBody: {
            /** @description Whether the client sends input. */
            stdin?: boolean;
            /** @description Whether the client wants standard output. */
            stdout?: boolean;
            /** @description Whether the client wants standard error; not with tty. */
            stderr?: boolean;
            /** @description Whether the client expects a terminal. */
            tty?: boolean;
            /** @description Which earlier output the session begins with. */
            replay?: components["schemas"]["ReplayMode"];
            /**
             * Format: int64
             * @description Tail, how many bytes.
             */
            replayBytes?: number;
            /** @description Whether the final status tells PID 1's exit code, as `NonZeroExitCode`. */
            exitStatus?: boolean;
            /** @description What happens when the client reads more slowly than PID 1 writes. */
            delivery?: components["schemas"]["DeliveryMode"];
            /** @description What the client may do beside others. An observer's delivery never-block unless it is set. */
            role?: components["schemas"]["SessionRole"];
            /** @description The name by which others see the client, at most 64 characters; none for what it says of itself when it comes. */
            client?: string;
        };
        /** @description The event `containers`. */
        ContainerChanges: {
            /** @description Containers that are new or not what they were. */
            set: components["schemas"]["ContainerView"][];
            /** @description Containers that are no more. */
            gone: components["schemas"]["FeedKey"][];
        };
        /** @description Containers of the cluster. */
        ContainerList: {
            /** @description The containers. */
            containers: components["schemas"]["ContainerView"][];
            /**
             * Format: int32
             * @description How many there are in all that pass the filters, here and in the lists that follow.
             */
            total: number;
            /** @description What to ask on with; absent at the end. */
            continue?: string;
            /** @description The nodes that did not answer: what they hold is missing here. */
            unreachableNodes: string[];
        };
        /**
         * @description The life of a container.
         * @enum {unknown}
         */
        ContainerPhase: "unknown" | "created" | "running" | "exited";
        /** @description A container as it was at one moment. */
        ContainerView: {
            /** @description The node that runs it. */
            node: string;
            /** @description Its id, unique in the cluster. */
            id: string;
            /** @description Its name, unique on its node. */
            name: string;
            /** @description The runtime that holds it: `conmon`, `process`, ... */
            runtime: string;
            /** @description Its state. */
            state: components["schemas"]["ContainerPhase"];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When PID 1 was started.
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description When PID 1 ended.
             */
            finishedAt?: string;
            /**
             * Format: int32
             * @description PID 1's exit status: 0 to 255, 128 + the signal's number where a signal ended it.
             */
            exitCode?: number;
            /** @description A word for why it is in its state. */
            reason: string;
            /** @description A sentence for people about its state. */
            message: string;
            /** @description Whether PID 1 has a terminal. */
            tty: boolean;
            /** @description Whether PID 1 has a standard input. */
            stdin: boolean;
            /** @description Whether standard input closes when the first attached client ends its own. */
            stdinOnce: boolean;
            /** @description PID 1's command line; empty when it is the bundle's own. */
            args: string[];
            /** @description The namespace of the pod that it counts as. */
            namespace: string;
            /** @description The name of the pod that it counts as. */
            pod: string;
            /** @description Its labels. */
            labels: {
                [key: string]: string;
            };
            /** @description The path of its CRI log on the node. */
            logPath: string;
            /**
             * Format: int32
             * @description PID 1's process id on the node; 0 when it does not run.
             */
            pid: number;
            /** @description Whether CriAttach made it, so that start, stop and remove work; those of another runtime are its own affair. */
            owned: boolean;
            /** @description The id of the session that alone may type; empty where all peers may. */
            inputHolder: string;
            /** @description Whether what it shows its clients is being recorded. */
            recording: boolean;
        };
        /** @description What a container is to be. At most one of rootfs and bundle is set; the process runtime needs neither. */
        CreateContainerBody: {
            /** @description The node that is to run it; null for one that the gateway chooses. */
            node?: string;
            /** @description The runtime; null for the node's default. */
            runtime?: string;
            /** @description The name, unique on its node; null for one made from the id. */
            name?: string;
            /** @description The absolute path of a root file system on the node. */
            rootfs?: string;
            /** @description The absolute path of an OCI bundle on the node. */
            bundle?: string;
            /** @description PID 1's command line; empty to keep the bundle's own. */
            args?: string[];
            /** @description Environment variables as `NAME=value`. */
            env?: string[];
            /** @description The working directory; null for the runtime's default. */
            workingDirectory?: string;
            /** @description Whether PID 1 gets a terminal. */
            tty?: boolean;
            /** @description Whether PID 1 gets a standard input. */
            stdin?: boolean;
            /** @description Whether standard input closes when the first attached client ends its own. */
            stdinOnce?: boolean;
            /** @description Whether PID 1 waits for a call to /api/v1/containers/{reference}/start: a client attaches first and misses nothing. */
            startLater?: boolean;
            /** @description The namespace of the pod that it counts as. */
            namespace?: string;
            /** @description The name of the pod that it counts as. */
            pod?: string;
            /** @description Labels. */
            labels?: {
                [key: string]: string;
            };
            /** @description Annotations. */
            annotations?: {
                [key: string]: string;
            };
        };
        /**
         * @description What happens when a client reads more slowly than PID 1 writes.
         * @enum {unknown}
         */
        DeliveryMode: "unset" | "throttle" | "never-block";
        /** @description The first event of the feed, `hello`. */
        FeedHello: {
            /** @description The gateway's name. */
            gateway: string;
            /** @description Its version. */
            version: string;
        };
        /** @description What names a container or a session in the feed. */
        FeedKey: {
            /** @description The node. */
            node: string;
            /** @description The id. */
            id: string;
        };
        /** @description The event `gateway`: what the gateway that serves the feed does itself. */
        GatewayView: {
            /** @description The gateway's name. */
            name: string;
            /**
             * Format: int32
             * @description The number of sessions that it serves now, of all kinds.
             */
            sessions: number;
            /**
             * Format: int64
             * @description How many bytes of output it has sent to clients since it started.
             */
            outputBytes: number;
            /**
             * Format: int64
             * @description How many bytes of input it has sent to nodes since it started.
             */
            inputBytes: number;
            /**
             * Format: double
             * @description The time from a client's input to the next output to it, in milliseconds: half of the last ones took less; absent when there were none.
             */
            echoP50Ms?: number;
            /**
             * Format: double
             * @description The same time that one in a hundred exceeds.
             */
            echoP99Ms?: number;
        };
        /** @description Who may type in a container. */
        InputBody: {
            /** @description Whether this session alone may; else all peers may again. */
            hold: boolean;
        };
        /** @description A login of the page. */
        LoginBody: {
            /** @description The token of the gateway's token file, or a ticket of /api/v1/tickets. */
            secret: string;
        };
        /** @description An address that logs in whoever opens it, once. */
        LoginTicket: {
            /** @description The page's address with the ticket in its fragment, which browsers keep to themselves. */
            url: string;
            /**
             * Format: date-time
             * @description When it stops working.
             */
            expiresAt: string;
        };
        /** @description Who the caller is, and whom it talks to. */
        MeView: {
            /** @description The caller's name. */
            name: string;
            /** @description The gateway's name, as in gateway. */
            gateway: string;
            /** @description The node that the gateway stands on; absent where it stands on none. */
            node?: string;
            /** @description The gateway's version. */
            version: string;
            /** @description What X-CriAttach-Csrf must hold when a login by cookie changes something; absent for other callers, which need none. */
            csrf?: string;
        };
        /** @description The nodes of the cluster. */
        NodeList: {
            /** @description The nodes that answered. */
            nodes: components["schemas"]["NodeView"][];
            /** @description The nodes that did not answer: what they hold is missing here. */
            unreachableNodes: string[];
        };
        /** @description A node as it was at one moment. */
        NodeView: {
            /** @description The node's name. */
            name: string;
            /** @description The version of its silo. */
            version: string;
            /** @description The names of the runtimes that it can use, the default first. */
            runtimes: string[];
            /**
             * Format: int32
             * @description The number of containers.
             */
            containers: number;
            /**
             * Format: int32
             * @description The number of sessions that are issued or claimed.
             */
            sessions: number;
            /**
             * Format: int64
             * @description How many bytes its present containers have written; it falls when one is removed.
             */
            outputBytes: number;
            /**
             * Format: int64
             * @description How many bytes of input they have got since the silo started; it falls likewise.
             */
            inputBytes: number;
        };
        /** @description An error for people and programs (RFC 9457). */
        Problem: {
            /** @description A URI for the kind of the problem. */
            type: string;
            /** @description The kind of the problem in a few words. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What was wrong this time, and what to do. */
            detail: string;
        };
        /** @description Recordings of the cluster. */
        RecordingList: {
            /** @description The recordings, the newest first. */
            recordings: components["schemas"]["RecordingView"][];
            /** @description The nodes that did not answer: what they hold is missing here. */
            unreachableNodes: string[];
        };
        /**
         * @description The life of a recording.
         * @enum {unknown}
         */
        RecordingPhase: "recording" | "complete" | "broken";
        /** @description A recording as it was at one moment. */
        RecordingView: {
            /** @description The node that has it. */
            node: string;
            /** @description Its id, unique on its node. */
            id: string;
            /** @description The id of the container. */
            container: string;
            /** @description The container's name. */
            containerName: string;
            /** @description The namespace of the container's pod; empty where there is none. */
            namespace: string;
            /** @description The name of the container's pod; empty where there is none. */
            pod: string;
            /** @description The state. */
            state: components["schemas"]["RecordingPhase"];
            /**
             * Format: date-time
             * @description When it began.
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            endedAt?: string;
            /**
             * Format: int64
             * @description How many bytes its files have.
             */
            bytes: number;
            /**
             * Format: int32
             * @description The width that the terminal had last; none without a terminal, or where nobody set it.
             */
            width?: number;
            /**
             * Format: int32
             * @description The height that the terminal had last.
             */
            height?: number;
            /**
             * Format: int32
             * @description PID 1's exit status, where the recording saw its end.
             */
            exitCode?: number;
            /** @description The ids of the sessions that were attached. */
            participants: string[];
            /** @description The last hash of its chain; empty while it is being written. */
            hash: string;
            /** @description For a broken one, a sentence about what is missing. */
            reason: string;
        };
        /**
         * @description Which earlier output a session begins with.
         * @enum {unknown}
         */
        ReplayMode: "unseen" | "none" | "tail" | "all";
        /**
         * @description Why a session ended.
         * @enum {unknown}
         */
        SessionCause: "none" | "containerExited" | "clientDetached" | "clientGone" | "protocolFault" | "idleTimeout" | "tokenExpired" | "gatewayLost" | "gatewayDraining" | "nodeUnavailable" | "containerRemoved" | "endedByOperator" | "failed" | "recordingFailed";
        /** @description The event `sessions`. */
        SessionChanges: {
            /** @description Sessions that are new or not what they were; one that ended comes here once, and in no event after. */
            set: components["schemas"]["SessionView"][];
            /** @description Sessions that are no more, of which nobody knows how they ended. */
            gone: components["schemas"]["FeedKey"][];
        };
        /** @description Sessions of the cluster. */
        SessionList: {
            /** @description The sessions. */
            sessions: components["schemas"]["SessionView"][];
            /** @description The nodes that did not answer: what they hold is missing here. */
            unreachableNodes: string[];
        };
        /**
         * @description The life of a session.
         * @enum {unknown}
         */
        SessionPhase: "issued" | "claimed" | "ended" | "suspended";
        /**
         * @description What a client may do beside others.
         * @enum {unknown}
         */
        SessionRole: "peer" | "observer";
        /** @description A session as it was at one moment. */
        SessionView: {
            /** @description Its id. */
            id: string;
            /** @description The node that it lives on. */
            node: string;
            /** @description The id of the container that it is attached to. */
            container: string;
            /** @description The state. */
            state: components["schemas"]["SessionPhase"];
            /** @description The gateway that serves it; empty until it is claimed. */
            gateway: string;
            /** @description Whether the client sends input. */
            stdin: boolean;
            /** @description Whether the client wants standard output. */
            stdout: boolean;
            /** @description Whether the client wants standard error. */
            stderr: boolean;
            /** @description Whether the client expects a terminal. */
            tty: boolean;
            /**
             * Format: date-time
             * @description When its URL was issued.
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @description When its URL was opened.
             */
            claimedAt?: string;
            /** @description What its client may do beside others. */
            role: components["schemas"]["SessionRole"];
            /** @description Whether its input reaches PID 1 now. */
            mayType: boolean;
            /** @description Whether its window sets the terminal's size. */
            ownsSize: boolean;
            /** @description What the client is, by its own word or that of whoever asked for the URL. */
            client: string;
            /** @description The network address that it came from. */
            address: string;
            /** @description What happens when the client is slow. */
            delivery: components["schemas"]["DeliveryMode"];
            /**
             * Format: date-time
             * @description When it ended.
             */
            endedAt?: string;
            /** @description Why it ended, or why it is suspended. */
            cause: components["schemas"]["SessionCause"];
            /** @description What the one who ended it had to say. */
            message: string;
        };
        /** @description How to stop a container. */
        StopBody: {
            /**
             * Format: int32
             * @description How many seconds PID 1 may take before it is killed; null for 10.
             */
            timeoutSeconds?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginTicket"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContainers: {
        parameters: {
            query?: {
                /** @description Only this node's. */
                node?: string;
                /** @description Only those of this namespace. */
                namespace?: string;
                /** @description Only those of the pods of this name. */
                pod?: string;
                /** @description Only those with this label: key=value, or key for any value. Several must all be there. */
                label?: string[];
                /** @description Only those in this state. */
                state?: components["schemas"]["ContainerPhase"];
                /** @description Only those in whose id, name, pod, namespace, node or command line this text occurs, in any case of letters. */
                text?: string;
                /** @description The longest list wanted, 1 to 5000; all without it. */
                limit?: number;
                /** @description Goes on where a list ended: what it said in continue. */
                continue?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContainer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateContainerBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getContainer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeContainer: {
        parameters: {
            query?: {
                /** @description Whether PID 1 is killed first. */
                force?: boolean;
            };
            header?: never;
            path: {
                /** @description The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startContainer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopContainer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StopBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachContainer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Only this node's. */
                node?: string;
                /** @description Only those of the container with this id. */
                container?: string;
                /** @description Only those in this state; without it, all that live. */
                state?: components["schemas"]["SessionPhase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: {
                /** @description A sentence for its client: one line of at most 256 characters. */
                message?: string;
            };
            header?: never;
            path: {
                /** @description The session's node. */
                node: string;
                /** @description The session's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdInput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's node. */
                node: string;
                /** @description The session's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecordings: {
        parameters: {
            query?: {
                /** @description Only this node's. */
                node?: string;
                /** @description Only those of the container with this id. */
                container?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The recording's node. */
                node: string;
                /** @description The recording's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-asciicast": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listenEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
