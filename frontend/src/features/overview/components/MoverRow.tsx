import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';

import { changeOf } from '../../../lib/percent';
import type { Condition, SpendRow } from '../../../lib/wire';
import { Change } from '../../../ui/Change';
import { noValueLabel } from '../../../ui/columnLabel';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Dimension } from '../dimensions';
import { LinesLink } from './LinesLink';

type MoverRowProps = { mover: SpendRow; dimension: Dimension; view: LedgerView };

/** One change: what, how much, and from where to where. */
export function MoverRow({ mover, dimension, view }: MoverRowProps) {
  const { currency } = view;
  const { key } = mover;
  const name = mover.name ?? key ?? noValueLabel(dimension.column);
  const delta = changeOf(mover.change, mover.relative, view.currency);
  const condition: Condition = { column: dimension.column, op: 'in', values: [key] };
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 }, mr: -0.75 }}>
      <ButtonBase
        onClick={() => view.addFilter(condition)}
        title={`Show only ${name}`}
        sx={{ flex: 1, minWidth: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', columnGap: 1.25, rowGap: '1px', textAlign: 'left', py: '7px', fontSize: '0.8125rem', borderRadius: 1, '&:hover .name': { textDecoration: 'underline', textUnderlineOffset: '3px' } }}
      >
        <Box component="span" className="name" sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
          {name}
        </Box>
        <Box component="span" sx={{ textAlign: 'right' }}>
          <Change delta={delta} currency={currency} />
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
          {mover.new ? (
            'new in this period'
          ) : (
            <>
              from <Money amount={mover.before} currency={currency} />
              {mover.gone ? ', now gone' : <> to <Money amount={mover.compared} currency={currency} /></>}
            </>
          )}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.75rem', textAlign: 'right' }}>
          {mover.new ? 'new' : mover.gone ? 'gone' : (delta?.percent ?? '')}
        </Box>
      </ButtonBase>
      <LinesLink to={view.linkTo('/charges', [condition])} name={name} />
    </Box>
  );
}
