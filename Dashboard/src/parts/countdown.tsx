import { useNow } from './now';

/** The seconds that are left until a moment of a clock; for the eye, as a screen reader would never end. */
export function Countdown({ until, clock }: { until: number; clock: () => number }) {
  const now = useNow(100, clock);
  return <span class="countdown" aria-hidden="true">{(Math.max(0, until - now) / 1000).toFixed(1)} s</span>;
}
