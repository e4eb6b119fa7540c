/** Room around the columns of a chart over time, in px: figures of the axis on the left, labels of time below. */
export const plot = { left: 46, right: 2, top: 18, bottom: 34 };

/** The value at a height above the lower edge of a drawing, on an axis from `low` to `high`. */
export function valueAt(y: number, height: number, low: number, high: number): number {
  const inner = height - plot.top - plot.bottom;
  return low + ((y - plot.bottom) / inner) * (high - low);
}

export const axisText = { fill: 'var(--mui-palette-tone-ink3)', fontSize: 11 };
export const still = { isAnimationActive: false };
