import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';

import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { LedgerState, ProviderState } from '../../../lib/wire';

function tell(provider: ProviderState): string {
  const parts = [`${provider.name || 'No provider named'} to ${formatDay(provider.lastDay, { year: provider.ended })}`];
  if (provider.lateDays > 0) parts.push(`${formatCounted(provider.lateDays, 'day')} late`);
  if (provider.ended) parts.push('ended');
  if (provider.missingDays.length > 0) parts.push(`${formatCounted(provider.missingDays.length, 'day')} missing`);
  return parts.join(', ');
}

function listed(provider: ProviderState): string {
  if (provider.missingDays.length === 0) return '';
  const shown = provider.missingDays.slice(0, 12).map((day) => formatDay(day));
  const rest = provider.missingDays.length - shown.length;
  return `Days without a charge: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** For each cloud, up to which day the bill is there and what is missing in between. */
export function Freshness({ state }: { state: LedgerState }) {
  return (
    <Box component="ul" aria-label="Completeness" sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexWrap: 'wrap', columnGap: 1.75, rowGap: 0.5, fontSize: '0.75rem', color: 'text.secondary' }}>
      {state.providers.map((provider) => {
        const wanting = provider.lateDays > 0 || provider.missingDays.length > 0;
        const detail = listed(provider);
        return (
          <Tooltip key={provider.name} title={detail}>
            <Box component="li" tabIndex={detail === '' ? undefined : 0} sx={{ borderRadius: 1 }}>
              <Box component="span" aria-hidden sx={{ width: 7, height: 7, borderRadius: '50%', display: 'inline-block', mr: 0.75, bgcolor: provider.ended ? 'text.disabled' : wanting ? 'tone.amber' : 'tone.cool' }} />
              {tell(provider)}
            </Box>
          </Tooltip>
        );
      })}
    </Box>
  );
}
