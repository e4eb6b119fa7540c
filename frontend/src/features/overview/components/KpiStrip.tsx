import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import type { LedgerState } from '../../../lib/wire';
import { QueryView } from '../../../ui/QueryView';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { isOld, scopeOf, useFigures, useTagged } from '../queries';
import { ApartKpi } from './ApartKpi';
import { CoverageKpi } from './CoverageKpi';
import { OtherCurrencies } from './OtherCurrencies';
import { SpendKpi } from './SpendKpi';
import { TaggedKpi } from './TaggedKpi';

/** Wide enough for all figures beside each other. */
const wide = '@container (min-width: 820px)';

// The lines between the cells are the ground that shows through, wherever cells break.
const cells = { display: 'grid', gap: '1px', gridTemplateColumns: '1fr 1fr', minHeight: 102, bgcolor: 'divider' };

/** The figures a person looks for first. */
export function KpiStrip({ view, state }: { view: LedgerView; state: LedgerState }) {
  const coverage = view.facts.knownMetrics.includes('EffectiveCost') && state.columns.some((column) => column.name === 'CommitmentDiscountStatus');
  const scope = scopeOf(view);
  const figures = useFigures(scope, { coverage, otherCurrencies: view.facts.currencies.length > 1 });
  const hasTags = state.columns.some(({ name }) => name === 'Tags');
  const tagged = useTagged(scope, hasTags && figures.isSuccess);
  return (
    <>
      <Box
        component="section"
        aria-label="Key figures"
        aria-busy={figures.isFetching || tagged.isFetching}
        sx={{
          bgcolor: 'background.paper',
          border: 1,
          borderColor: 'divider',
          borderRadius: '10px',
          overflow: 'hidden',
          '& > [role=alert]': { px: 2.25 },
          opacity: isOld(figures) || isOld(tagged) ? 0.6 : 1,
        }}
      >
        <QueryView query={figures} what="the key figures" skeleton={<KpiSkeletons />} errorTitle="The key figures could not be calculated">
          {(data) => (
            <Box sx={{ ...cells, '& > :first-of-type, & > :last-of-type': { gridColumn: '1 / -1' }, [wide]: { gridTemplateColumns: '1.45fr 0.8fr 1.05fr 1.3fr', '& > :first-of-type, & > :last-of-type': { gridColumn: 'auto' } } }}>
              <SpendKpi figures={data} view={view} />
              <TaggedKpi tagged={tagged.data ?? (tagged.error ? null : undefined)} view={view} hasTags={hasTags} />
              <CoverageKpi figures={data} view={view} />
              <ApartKpi figures={data} view={view} />
            </Box>
          )}
        </QueryView>
      </Box>
      {figures.data?.currencies && <OtherCurrencies totals={figures.data.currencies.totals} view={view} />}
    </>
  );
}

function KpiSkeletons() {
  return (
    <Box sx={{ ...cells, [wide]: { gridTemplateColumns: 'repeat(4, 1fr)' } }}>
      {[0, 1, 2, 3].map((cell) => (
        <Box key={cell} sx={{ px: 2.25, py: 1.75, bgcolor: 'background.paper' }}>
          <Skeleton width={90} height={16} />
          <Skeleton width={150} height={32} />
          <Skeleton width={120} height={16} />
        </Box>
      ))}
    </Box>
  );
}
