import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';
import type { To } from 'react-router';

import type { SpendRow } from '../../../lib/wire';
import { AmountCells } from './AmountCells';
import { LinesLink } from './LinesLink';

type BreakdownLineProps = {
  name: string;
  action?: ReactNode;
  /** Columns between the name and the share that this line leaves empty. */
  spare: number;
  row: SpendRow;
  noShare: string;
  longest: string;
  compared: boolean;
  currency: string;
  strong?: boolean;
  to: To;
};

/** A line below the parts: the rest, or the total. */
export function BreakdownLine({ name, action, spare, strong = false, to, ...amounts }: BreakdownLineProps) {
  return (
    <TableRow sx={strong ? { '& td': { fontWeight: 620 } } : undefined}>
      <TableCell>
        {name} {action}
      </TableCell>
      <TableCell colSpan={spare} />
      <AmountCells {...amounts} bar={!strong} />
      <TableCell align="right" sx={{ py: 0 }}>
        <LinesLink to={to} name={name} />
      </TableCell>
    </TableRow>
  );
}
