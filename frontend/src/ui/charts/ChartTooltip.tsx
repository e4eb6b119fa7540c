import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { Money } from '../Money';
import { type Datum, shownParts } from './datum';

type ChartTooltipProps = {
  datum: Datum;
  currency: string;
  /** What a click does; "" = nothing. */
  hint: string;
};

/** The surface of the tooltip. */
export const tooltipBox = { bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '8px', boxShadow: '0 8px 24px rgb(0 0 0 / 14%)', px: 1.5, py: 1, fontSize: '0.75rem', whiteSpace: 'nowrap' } as const;

/** All figures of one datum, sorted, with their total. */
export function ChartTooltip({ datum, currency, hint }: ChartTooltipProps) {
  return (
    <Box sx={{ ...tooltipBox, minWidth: 190, maxWidth: 320 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 3, mb: 0.5 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {datum.label}
        </Typography>
        <Typography variant="body2" sx={{ color: 'text.disabled' }}>
          {currency}
        </Typography>
      </Box>
      {shownParts(datum).map(({ id, label, color, amount, text }) => (
        <Box key={id} sx={{ display: 'flex', gap: 1, alignItems: 'center', py: '2px' }}>
          {color !== undefined && <Box sx={{ width: 9, height: 9, borderRadius: '2px', bgcolor: color, flex: 'none' }} />}
          <Box sx={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: 'text.secondary' }}>{label}</Box>
          {text ?? <Money amount={amount ?? null} currency={currency} />}
        </Box>
      ))}
      {datum.total !== undefined && (
        <Box sx={{ display: 'flex', justifyContent: 'space-between', borderTop: 1, borderColor: 'tone.line2', mt: 0.5, pt: 0.5, fontWeight: 600 }}>
          <span>Total</span>
          {datum.total === null ? <span>no charges</span> : <Money amount={datum.total} currency={currency} />}
        </Box>
      )}
      {datum.note !== undefined && <Box sx={{ color: 'text.secondary', mt: 0.5, whiteSpace: 'normal' }}>{datum.note}</Box>}
      {hint !== '' && <Box sx={{ color: 'text.disabled', mt: 0.5, whiteSpace: 'normal' }}>{hint}</Box>}
    </Box>
  );
}
