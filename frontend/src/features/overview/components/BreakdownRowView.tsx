import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';

import { round } from '../../../lib/decimal';
import { currencyDigits } from '../../../lib/money';
import type { Condition, SpendRow } from '../../../lib/wire';
import { Sparkline } from '../../../ui/charts/Sparkline';
import { noValueLabel } from '../../../ui/columnLabel';
import { hueOf, seriesColor } from '../../../ui/theme/seriesColor';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Dimension } from '../dimensions';
import { AmountCells } from './AmountCells';
import { LinesLink } from './LinesLink';

type BreakdownRowViewProps = {
  row: SpendRow;
  dimension: Dimension;
  /** What the row cost at each step of the series. What rounds to zero is drawn as zero. */
  marks: (string | null)[];
  noShare: string;
  longest: string;
  compared: boolean;
  view: LedgerView;
};

/** One part of the bill. A click shows only it; the sign at the end leads to its charge lines. */
export function BreakdownRowView({ row, dimension, marks, noShare, longest, compared, view }: BreakdownRowViewProps) {
  const [provider = null, beside = null] = row.beside;
  const name = row.name ?? row.key ?? noValueLabel(dimension.column);
  const condition: Condition = { column: dimension.column, op: 'in', values: [row.key] };
  const filter = () => view.addFilter(condition);
  const color = seriesColor(hueOf(dimension.ownHue ? row.key : provider));
  return (
    <TableRow onClick={filter} sx={{ cursor: 'pointer', '&:hover td': { bgcolor: 'tone.selected' } }}>
      <TableCell className="name">
        <ButtonBase
          title={row.key !== null && row.key !== name ? `${name} (${row.key})` : name}
          onClick={(event) => {
            event.stopPropagation();
            filter();
          }}
          sx={{ fontSize: 'inherit', lineHeight: 'inherit', display: 'flex', alignItems: 'baseline', maxWidth: '100%', justifyContent: 'flex-start', textAlign: 'left', borderRadius: 1 }}
        >
          <Box aria-hidden sx={{ width: 8, height: 8, borderRadius: '2px', mr: 1, flex: 'none', bgcolor: color }} />
          <Box component="span" sx={{ color: row.key === null ? 'text.secondary' : 'inherit' }}>
            {name}
          </Box>
        </ButtonBase>
      </TableCell>
      {dimension.beside && <TableCell className="beside">{beside ?? '–'}</TableCell>}
      <TableCell className="trend" sx={{ py: 0 }}>
        <Sparkline marks={marks.map((mark) => mark && round(mark, currencyDigits(view.currency)))} label={`Trend of ${name}`} width={100} />
      </TableCell>
      <AmountCells row={row} noShare={noShare} longest={longest} compared={compared} currency={view.currency} bar={color} />
      <TableCell className="lines" align="right">
        <LinesLink to={view.linkTo('/charges', [condition])} name={name} />
      </TableCell>
    </TableRow>
  );
}
