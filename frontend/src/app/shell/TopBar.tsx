import Box from '@mui/material/Box';
import { useLocation } from 'react-router';

import type { LedgerState } from '../../lib/wire';
import { ScopePicker } from '../../parts/scopes/ScopePicker';
import { pageAt } from '../pages';
import { AlertsButton } from './AlertsButton';
import { CurrencySwitch } from './CurrencySwitch';
import { DataAge } from './DataAge';
import { JobsButton } from './JobsButton';
import { MetricSwitch } from './MetricSwitch';
import { PaletteButton } from './PaletteButton';
import { PeriodPicker } from './PeriodPicker';
import { ThemeButton } from './ThemeButton';

const side = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: { xs: 0.75, md: 1 }, rowGap: 0.5, minHeight: 39 } as const;

/** The bar over every page: what is looked at on the left, what goes on on the right. */
export function TopBar({ state, now }: { state: LedgerState; now: number }) {
  const { pathname } = useLocation();
  const page = pageAt(pathname);
  const money = (page?.money ?? false) && state.lines > 0;
  return (
    <Box component="header" sx={{ minHeight: 52, flex: 'none', display: 'flex', alignItems: 'flex-start', columnGap: { xs: 0.75, md: 2 }, px: { xs: 1.5, md: 3 }, py: 0.75, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
      {/* Each side breaks into lines of its own where there is no room, and nothing of it is cut. */}
      <Box sx={{ ...side, flex: 1, minWidth: 0 }}>
        {money && (
          <>
            <ScopePicker />
            {!page?.anyPeriod && <PeriodPicker />}
            {(!page?.anyPeriod || page.anyMetric) && <MetricSwitch />}
            <CurrencySwitch />
          </>
        )}
      </Box>
      <Box sx={{ ...side, flex: 'none', maxWidth: money ? '48%' : '100%', justifyContent: 'flex-end' }}>
        <DataAge state={state} now={now} />
        <JobsButton />
        <AlertsButton />
        <PaletteButton />
        <ThemeButton />
      </Box>
    </Box>
  );
}
