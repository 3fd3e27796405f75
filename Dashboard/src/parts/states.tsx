import type { ContainerView, RecordingView, SessionView } from '../api/types';
import { Chip, type Tone } from './chip';

const CONTAINER: Record<string, Tone> = { running: 'good', created: 'busy', exited: 'quiet', unknown: 'bad' };
const SESSION: Record<string, Tone> = { claimed: 'good', issued: 'busy', suspended: 'busy', ended: 'quiet' };
const SESSION_WORDS: Record<string, string> = { claimed: 'attached', issued: 'waiting', suspended: 'interrupted', ended: 'ended' };
const RECORDING: Record<string, Tone> = { recording: 'accent', complete: 'good', broken: 'bad' };

export const ContainerState = ({ view }: { view: ContainerView }) => (
  <Chip tone={view.state === 'exited' && view.exitCode ? 'bad' : (CONTAINER[view.state] ?? 'quiet')} testid="container-state">
    {view.state}
    {view.state === 'exited' && view.exitCode !== undefined ? ` (${view.exitCode})` : ''}
  </Chip>
);

export const SessionState = ({ view }: { view: SessionView }) => <Chip tone={SESSION[view.state] ?? 'quiet'}>{SESSION_WORDS[view.state] ?? view.state}</Chip>;

export const RecordingState = ({ view }: { view: RecordingView }) => <Chip tone={RECORDING[view.state] ?? 'quiet'}>{view.state}</Chip>;
