import Typography from '@mui/material/Typography';

import { metricLabels } from '../../../lib/metric';
import { HeatMap } from '../../../ui/charts/HeatMap';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { breakdownHeat } from '../chart';
import { labelInText } from '../dimensions';
import { type Breakdown, scopeOf } from '../queries';

/** What each part of the bill cost at each step: a change of one part shows as a change of colour along its row. */
export function BreakdownHeat({ breakdown: { dimension, spend }, view }: { breakdown: Breakdown; view: LedgerView }) {
  const { rows, columns, grain } = breakdownHeat(dimension.column, spend, scopeOf(view));
  return (
    <>
      <Typography sx={{ color: 'text.secondary', fontSize: '0.75rem', pb: 1 }}>
        Each row has a scale of its own: the {grain} that cost the most has the strongest colour.
      </Typography>
      <HeatMap
        label={`Cost by ${labelInText(dimension)} and ${grain}`}
        first={dimension.label}
        figure={`${metricLabels[view.metric]} cost`}
        currency={view.currency}
        height={rows.length * 26 + 24}
        rows={rows}
        columns={columns}
      />
    </>
  );
}
