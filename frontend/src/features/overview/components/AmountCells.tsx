import Box from '@mui/material/Box';
import TableCell from '@mui/material/TableCell';

import { changeOf, shareMark } from '../../../lib/percent';
import type { SpendRow } from '../../../lib/wire';
import { Change } from '../../../ui/Change';
import { Money } from '../../../ui/Money';
import { Share } from './Share';

type AmountCellsProps = {
  row: SpendRow;
  noShare: string;
  /** The share whose bar fills its column. */
  longest: string;
  compared: boolean;
  currency: string;
  bar: boolean;
};

/** Share, earlier amount, amount and change of one line. */
export function AmountCells({ row, noShare, longest, compared, currency, bar }: AmountCellsProps) {
  const delta = compared ? changeOf(row.change, row.relative) : null;
  return (
    <>
      <TableCell align="right" sx={{ color: 'text.secondary' }}>
        <Share share={row.share} reason={noShare} />
      </TableCell>
      <TableCell sx={{ width: 92, minWidth: 92 }}>
        {bar && <Box sx={{ height: 5, borderRadius: '3px', bgcolor: 'primary.main', opacity: 0.8, minWidth: 2, width: 76 * shareMark(row.share || null, longest || null) }} />}
      </TableCell>
      {compared && (
        <TableCell align="right" sx={{ color: 'text.secondary' }}>
          {row.new ? <span title="Not there before">–</span> : <Money amount={row.before} currency={currency} />}
        </TableCell>
      )}
      <TableCell align="right">
        <Money amount={row.amount} currency={currency} />
      </TableCell>
      {compared && (
        <TableCell align="right">
          <Change delta={delta} currency={currency} />
        </TableCell>
      )}
      {compared && (
        <TableCell align="right" sx={{ color: 'text.secondary', minWidth: 72 }}>
          {row.new ? 'new' : (delta?.percent ?? '–')}
        </TableCell>
      )}
    </>
  );
}
