import { ceiling, linePoints } from './scale';

const WIDTH = 240;
const HEIGHT = 44;

interface SparklineProps {
  values: readonly number[];
  /** A second line, on the same scale. */
  also?: readonly number[];
  slots: number;
  label: string;
}

/** A small chart of the newest values. Its words are for those who do not see it. */
export function Sparkline({ values, also = [], slots, label }: SparklineProps) {
  const top = ceiling([...values, ...also]);
  const line = pointsOf(values, slots, top);
  const area = values.length > 1 ? `${line.slice(0, line.indexOf(','))},${HEIGHT} ${line} ${WIDTH},${HEIGHT}` : '';
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <polygon class="spark-area" points={area} />
      <polyline class="spark-also" points={pointsOf(also, slots, top)} vector-effect="non-scaling-stroke" />
      <polyline class="spark-line" points={line} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

const pointsOf = (values: readonly number[], slots: number, top: number): string =>
  linePoints(values, slots, WIDTH, HEIGHT - 3, top)
    .map(([x, y]) => `${x},${y + 2}`)
    .join(' ');
