import type { Phase } from '../attach/session';
import type { ReplayMode } from '../api/types';

export type Mode = 'watch' | 'help';

export interface Notice {
  id: number;
  at: number;
  /** What is lost or in doubt is more than a remark. */
  weight: 'note' | 'warning';
  text: string;
}

/** What a terminal shows about itself. */
export interface TerminalState {
  mode: Mode;
  replay: ReplayMode;
  phase: { name: 'idle' } | { name: 'asking' } | Phase;
  /** The session of this terminal, once the gateway has made one. */
  session: string | undefined;
  /** Whether what is typed reaches PID 1; undefined: nobody has said otherwise. */
  mayType: boolean;
  holder: string | undefined;
  size: { cols: number; rows: number };
  following: boolean;
  title: string;
  bytes: number;
  latency: number | undefined;
  /** Whether input has waited for PID 1 for a while. */
  inputWaits: boolean;
  notices: readonly Notice[];
}

export const FIRST_STATE: TerminalState = {
  mode: 'watch',
  replay: 'tail',
  phase: { name: 'idle' },
  session: undefined,
  mayType: true,
  holder: undefined,
  size: { cols: 80, rows: 24 },
  following: false,
  title: '',
  bytes: 0,
  latency: undefined,
  inputWaits: false,
  notices: [],
};

const NOTICES = 50;

/** Adds a notice; the oldest go when there are many. */
export const noticed = (notices: readonly Notice[], at: number, text: string, weight: Notice['weight']): readonly Notice[] => [
  ...notices.slice(-(NOTICES - 1)),
  { id: (notices.at(-1)?.id ?? 0) + 1, at, text, weight },
];

/** Whether keys reach PID 1 now, or will when the connection is back. */
export const types = (state: TerminalState): boolean => state.mode === 'help' && state.mayType && state.phase.name !== 'ended' && state.phase.name !== 'idle' && state.phase.name !== 'asking';
