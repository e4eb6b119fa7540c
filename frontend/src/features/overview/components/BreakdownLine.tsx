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
  /** Whether the table has a column beside the name. */
  beside: boolean;
  row: SpendRow;
  noShare: string;
  longest: string;
  compared: boolean;
  currency: string;
  strong?: boolean;
  to: To;
};

/** A line below the parts: the rest, or the total. */
export function BreakdownLine({ name, action, beside, strong = false, to, ...amounts }: BreakdownLineProps) {
  return (
    <TableRow sx={strong ? { '& td': { fontWeight: 620 } } : undefined}>
      <TableCell className="name">
        {name} {action}
      </TableCell>
      {beside && <TableCell className="beside" />}
      <TableCell className="trend" />
      <AmountCells {...amounts} bar={strong ? undefined : 'series.grey'} />
      <TableCell className="lines" align="right">
        <LinesLink to={to} name={name} />
      </TableCell>
    </TableRow>
  );
}
