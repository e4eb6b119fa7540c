import Box from '@mui/material/Box';

import { toMark } from '../../lib/decimal';

/** A place in the drawing, to a tenth of a pixel. */
function place(value: number): number {
  return Math.round(value * 10) / 10;
}

type SparklineProps = { marks: (string | null)[]; label: string; width?: number; height?: number };

/** The course of one row, without axes: only its shape. A gap is a gap. */
export function Sparkline({ marks, label, width = 118, height = 18 }: SparklineProps) {
  const values = marks.map((mark) => (mark === null ? null : toMark(mark)));
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  const span = high - low || 1;
  const x = (index: number) => (values.length > 1 ? (index / (values.length - 1)) * (width - 2) + 1 : width / 2);
  const y = (value: number) => height - 2 - ((value - low) / span) * (height - 4);
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const joined = index > 0 && values[index - 1] !== null;
    // A lone value draws a dot: a line of no length with round ends.
    path += `${joined ? 'L' : 'M'}${place(x(index))} ${place(y(value))}${joined ? '' : 'h0.01'}`;
  });
  return (
    <Box component="svg" role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`} sx={{ display: 'block', color: 'tone.ink3' }}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth={1.3} strokeLinejoin="round" strokeLinecap="round" />
    </Box>
  );
}
