import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';

import { useStandingsOfProviders } from '../../bridge/queries';
import type { LedgerState } from '../../lib/wire';
import { Hatched } from '../../ui/Hatched';
import { describeDataAge } from './dataAge';

/** How far the data reaches, how old it is, and which provider's bills cannot be synced. */
export function DataAge({ state, now }: { state: LedgerState; now: number }) {
  const standings = useStandingsOfProviders();
  if (state.newestDay === '') return null;
  const late = state.providers.some((provider) => provider.lateDays > 0 || provider.missingDays.length > 0);
  const { to, age, failing, each } = describeDataAge(state, standings.data ?? [], now);
  return (
    <Tooltip title={<Box sx={{ whiteSpace: 'pre-line' }}>{each.join('\n')}</Box>}>
      <Box tabIndex={0} sx={{ color: 'text.secondary', fontSize: '0.75rem', mr: 1, maxWidth: failing === '' ? 320 : 250, textAlign: 'right', borderRadius: 1 }}>
        {late && <Hatched />}
        {to}
        <Box component="span" sx={{ display: { xs: 'none', md: failing === '' ? 'none' : 'inline', xl: 'inline' } }}>, </Box>
        <Box component="span" sx={{ display: { xs: 'none', md: failing === '' ? 'block' : 'inline', xl: 'inline' } }}>{age}</Box>
        {failing !== '' && <Box sx={{ color: 'error.main' }}>{failing}</Box>}
      </Box>
    </Tooltip>
  );
}
