/** The points of a line through values, the newest at the right edge, in a box whose zero is at the bottom. */
export function linePoints(values: readonly number[], slots: number, width: number, height: number, top = ceiling(values)): [number, number][] {
  const step = slots > 1 ? width / (slots - 1) : width;
  const first = width - step * (values.length - 1);
  return values.map((value, index) => [round(first + index * step), round(height - (Math.max(0, value) / top) * height)]);
}

/** The next of 1, 2, 5, 10, ... that no value is above: a scale that does not jitter. */
export function ceiling(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((bound) => bound >= most) ?? 10 * power;
}

const round = (value: number) => Math.round(value * 10) / 10;
