import Box from '@mui/material/Box';
import TableCell from '@mui/material/TableCell';

import { formatMoney } from '../../../lib/money';
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
  /** The colour of the bar; without one there is none. */
  bar?: string;
};

const notCompared = 'Days that only one of the periods has, and charges usually booked later, are not compared';

/** Share, earlier amount, amount and change of one line. */
export function AmountCells({ row, noShare, longest, compared, currency, bar }: AmountCellsProps) {
  const delta = compared ? changeOf(row.change, row.relative, currency) : null;
  const apart = row.compared === null && row.before === null && row.amount !== null;
  const percent = row.new ? 'new' : (delta?.percent ?? '–');
  return (
    <>
      <TableCell className="share" align="right" sx={{ color: 'text.secondary' }}>
        <Share share={row.share} reason={noShare} />
      </TableCell>
      <TableCell className="bar">
        {bar !== undefined && row.share !== '' && <Box sx={{ height: 6, borderRadius: '3px', bgcolor: bar, minWidth: 2, width: `${100 * shareMark(row.share || null, longest || null)}%` }} />}
      </TableCell>
      {compared && (
        <TableCell className="before" align="right" sx={{ color: 'text.secondary' }}>
          {row.new ? <span title="New in this period">–</span> : apart ? <span title={notCompared}>–</span> : <Money amount={row.before} currency={currency} />}
        </TableCell>
      )}
      <TableCell align="right">
        <Money amount={row.amount} currency={currency} />
        {compared && !apart && row.compared !== null && formatMoney(row.compared, currency) !== formatMoney(row.amount, currency) && (
          <Box component="span" title={notCompared} sx={{ display: 'block', color: 'text.secondary', fontWeight: 400, fontSize: '0.75rem' }}>
            compared: <Money amount={row.compared} currency={currency} />
          </Box>
        )}
      </TableCell>
      {compared && (
        <TableCell align="right">
          <Change delta={delta} currency={currency} />
          <span className="percent-below">{percent}</span>
        </TableCell>
      )}
      {compared && (
        <TableCell className="percent" align="right" sx={{ color: 'text.secondary' }}>
          {percent}
        </TableCell>
      )}
    </>
  );
}
