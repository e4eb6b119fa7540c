import Box from '@mui/material/Box';

import { type Span } from '../model';

type CourseBarProps = { span: Span; falls: boolean; tone: 'step' | 'difference' | 'rest' | 'total' };

/** The bar of one step of a waterfall. The amount is beside it, so it is hidden from screen readers. */
export function CourseBar({ span, falls, tone }: CourseBarProps) {
  const color = { rest: 'tone.warm', difference: 'tone.amber', total: 'series.grey', step: falls ? 'tone.cool' : 'series.sky' }[tone];
  return (
    <Box aria-hidden sx={{ position: 'relative', height: 30 }}>
      <Box sx={{ position: 'absolute', top: 0, bottom: 0, left: `${span.zero}%`, width: '1px', bgcolor: 'divider' }} />
      <Box sx={{ position: 'absolute', top: 9, height: 12, left: `${span.left}%`, width: `${span.width}%`, minWidth: 2, borderRadius: '2px', bgcolor: color }} />
    </Box>
  );
}
