import { linePoints } from './scale';

const WIDTH = 240;
const HEIGHT = 44;

/** A small chart of the newest values. Its words are for those who do not see it. */
export function Sparkline({ values, slots, label, tone }: { values: readonly number[]; slots: number; label: string; tone?: 'second' | undefined }) {
  const points = linePoints(values, slots, WIDTH, HEIGHT - 3).map(([x, y]) => `${x},${y + 2}`);
  const line = points.join(' ');
  const area = values.length > 1 ? `${points[0]!.split(',')[0]},${HEIGHT} ${line} ${WIDTH},${HEIGHT}` : '';
  return (
    <svg class={`spark ${tone ?? ''}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <polygon class="spark-area" points={area} />
      <polyline class="spark-line" points={line} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
