import { useMemo } from 'preact/hooks';
import { clock } from '../parts/format';
import type { Cast } from './asciicast';
import { countUntil, marksOf } from './markers';
import type { Player, PlayerState } from './player';

const SPEEDS = [0.5, 1, 2, 4, 8];
const JUMP = 5000;

/** Play, place and speed. */
export function Controls({ player, cast, state }: { player: Player; cast: Cast; state: PlayerState }) {
  const marker = (direction: 1 | -1) => {
    const at = player.nextMarker(direction);
    if (at !== undefined) void player.seek(at);
  };
  const { markers } = cast;
  const passed = markers[countUntil(markers, state.at) - 1];
  const marks = useMemo(() => marksOf(cast.markers, cast.duration), [cast]);
  return (
    <div class="play-controls" role="group" aria-label="Playback">
      <button type="button" class="primary" onClick={() => (state.playing ? player.pause() : player.play())} data-testid="play">
        {state.playing ? 'Pause' : 'Play'}
      </button>
      <button type="button" onClick={() => void player.seek(state.at - JUMP)} title="5 seconds back">
        −5 s
      </button>
      <button type="button" onClick={() => void player.seek(state.at + JUMP)} title="5 seconds on">
        +5 s
      </button>
      <div class="seek">
        <input type="range" min={0} max={Math.max(1, Math.round(cast.duration))} step={100} value={state.at} onInput={(event) => void player.seek(Number(event.currentTarget.value))} aria-label="Place in the recording" aria-valuetext={`${clock(state.at)} of ${clock(cast.duration)}`} data-testid="seek" />
        <div class="marks" aria-hidden="true">
          {marks.map((place) => (
            <span key={place} style={{ left: `${place * 100}%` }} />
          ))}
        </div>
      </div>
      <span class="play-time" data-testid="play-time" data-at={Math.round(state.at)}>
        {clock(state.at)} / {clock(cast.duration)}
      </span>
      {markers.length > 0 && (
        <span class="segments">
          <button type="button" onClick={() => marker(-1)}>
            ‹ marker
          </button>
          <button type="button" onClick={() => marker(1)}>
            marker ›
          </button>
        </span>
      )}
      <label class="inline">
        <span>Speed</span>
        <select value={String(state.speed)} onChange={(event) => player.setSpeed(Number(event.currentTarget.value))} data-testid="speed">
          {SPEEDS.map((speed) => (
            <option value={String(speed)} key={speed}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      {passed && (
        <span class="quiet play-marker" data-testid="play-marker">
          {passed.text}
        </span>
      )}
      {state.exit !== undefined && <span data-testid="play-exit">PID 1 ended with {state.exit}.</span>}
    </div>
  );
}
