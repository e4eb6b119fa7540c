import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';

import { formatAge, formatDay } from '../../lib/days';
import type { LedgerState } from '../../lib/wire';
import { Hatched } from '../../ui/Hatched';

/** How far the data reaches, and how old the latest import is. */
export function DataAge({ state, now }: { state: LedgerState; now: number }) {
  if (state.newestDay === '') return null;
  const late = state.providers.some((provider) => provider.lateDays > 0 || provider.missingDays.length > 0);
  const imported = state.providers.map((provider) => provider.importedAt).sort().at(-1) ?? '';
  const each = state.providers.map((provider) => `${provider.provider || 'No provider named'}: to ${formatDay(provider.lastDay)}, imported ${formatAge(provider.importedAt, now)}`);
  return (
    <Tooltip title={<Box sx={{ whiteSpace: 'pre-line' }}>{each.join('\n')}</Box>}>
      <Box tabIndex={0} sx={{ color: 'text.secondary', fontSize: '0.75rem', mr: 1, whiteSpace: 'nowrap', borderRadius: 1 }}>
        {late && <Hatched />}
        To {formatDay(state.newestDay, { year: state.newestDay.slice(0, 4) !== new Date(now).toISOString().slice(0, 4) })}
        <Box component="span" sx={{ display: { xs: 'none', xl: 'inline' } }}>{`, imported ${formatAge(imported, now)}`}</Box>
      </Box>
    </Tooltip>
  );
}
