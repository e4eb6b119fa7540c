import Box from '@mui/material/Box';
import TableCell from '@mui/material/TableCell';

import { formatShare, shareMark, type Delta } from '../../../lib/percent';
import { Change } from '../../../ui/Change';
import { Money } from '../../../ui/Money';

type AmountCellsProps = {
  current: string | null;
  /** Null together with `isNew` shows a dash; null without it is unknown. */
  previous: string | null;
  isNew?: boolean;
  delta: Delta | null;
  whole: string | null;
  /** The amount whose bar fills its column. */
  longest: string | null;
  compared: boolean;
  currency: string;
  bar: boolean;
};

/** Share, earlier amount, amount and change of one line. */
export function AmountCells({ current, previous, isNew = false, delta, whole, longest, compared, currency, bar }: AmountCellsProps) {
  return (
    <>
      <TableCell align="right" sx={{ color: 'text.secondary' }}>
        {formatShare(current, whole) ?? '–'}
      </TableCell>
      <TableCell sx={{ width: 92, minWidth: 92 }}>
        {bar && <Box sx={{ height: 5, borderRadius: '3px', bgcolor: 'primary.main', opacity: 0.8, minWidth: 2, width: 76 * shareMark(current, longest) }} />}
      </TableCell>
      {compared && (
        <TableCell align="right" sx={{ color: 'text.secondary' }}>
          {isNew ? <span title="Not there before">–</span> : <Money amount={previous} currency={currency} />}
        </TableCell>
      )}
      <TableCell align="right">
        <Money amount={current} currency={currency} />
      </TableCell>
      {compared && (
        <TableCell align="right">
          <Change delta={delta} currency={currency} />
        </TableCell>
      )}
      {compared && (
        <TableCell align="right" sx={{ color: 'text.secondary', minWidth: 72 }}>
          {isNew ? 'new' : (delta?.percent ?? '–')}
        </TableCell>
      )}
    </>
  );
}
