import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';

import type { Condition } from '../../../lib/wire';
import { Sparkline } from '../../../ui/charts/Sparkline';
import { noValueLabel } from '../../../ui/columnLabel';
import { hueOf, seriesColor } from '../../../ui/theme/seriesColor';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Dimension } from '../dimensions';
import type { BreakdownRow } from '../model';
import { AmountCells } from './AmountCells';
import { LinesLink } from './LinesLink';

type BreakdownRowViewProps = { row: BreakdownRow; dimension: Dimension; whole: string | null; longest: string | null; compared: boolean; view: LedgerView };

/** One part of the bill. A click shows only it; the sign at the end leads to its charge lines. */
export function BreakdownRowView({ row, dimension, whole, longest, compared, view }: BreakdownRowViewProps) {
  const name = row.name ?? noValueLabel(dimension.column);
  const condition: Condition = { column: dimension.column, op: 'in', values: [row.key] };
  const filter = () => view.addFilter(condition);
  return (
    <TableRow onClick={filter} sx={{ cursor: 'pointer', '&:hover td': { bgcolor: 'tone.selected' } }}>
      <TableCell sx={{ maxWidth: 280 }}>
        <ButtonBase
          title={row.key !== null && row.key !== name ? `${name} (${row.key})` : name}
          onClick={(event) => {
            event.stopPropagation();
            filter();
          }}
          sx={{ fontSize: 'inherit', lineHeight: 'inherit', display: 'flex', maxWidth: '100%', justifyContent: 'flex-start', borderRadius: 1 }}
        >
          <Box aria-hidden sx={{ width: 8, height: 8, borderRadius: '2px', mr: 1, flex: 'none', bgcolor: seriesColor(hueOf(dimension.ownHue ? row.key : row.provider)) }} />
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', color: row.name === null ? 'text.secondary' : 'inherit' }}>
            {name}
          </Box>
        </ButtonBase>
      </TableCell>
      {dimension.beside && <TableCell sx={{ color: 'text.secondary', maxWidth: 190, overflow: 'hidden', textOverflow: 'ellipsis' }}>{row.beside ?? '–'}</TableCell>}
      <TableCell sx={{ py: 0 }}>
        <Sparkline marks={row.marks} label={`Trend of ${name}`} width={100} />
      </TableCell>
      <AmountCells current={row.current} previous={row.previous} isNew={row.isNew} delta={row.delta} whole={whole} longest={longest} compared={compared} currency={view.currency} bar />
      <TableCell align="right" sx={{ py: 0 }}>
        <LinesLink to={view.linkTo('/charges', [condition])} name={name} />
      </TableCell>
    </TableRow>
  );
}
