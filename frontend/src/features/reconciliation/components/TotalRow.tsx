import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';

import { Money } from '../../../ui/Money';
import { type Span } from '../model';
import { CourseBar } from './CourseBar';

/** One end of the bridge. */
export function TotalRow({ title, lines, amount, currency, span }: { title: string; lines: string; amount: string | null; currency: string; span?: Span }) {
  return (
    <TableRow sx={{ bgcolor: 'tone.selected', '& > *': { fontWeight: 620, borderTop: 1, borderTopColor: 'divider' } }}>
      <TableCell>{title}</TableCell>
      <TableCell align="right">{lines}</TableCell>
      <TableCell align="right">
        <Money amount={amount} currency={currency} />
      </TableCell>
      <TableCell sx={{ py: 0 }}>{span && <CourseBar span={span} falls={false} tone="total" />}</TableCell>
    </TableRow>
  );
}
