import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import { changeOf } from '../../../lib/percent';
import { formatComparison } from '../../../lib/period';
import { Card } from '../../../ui/Card';
import { Change } from '../../../ui/Change';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { idOf } from '../model';
import { isOld, scopeOf, useMovers } from '../queries';
import { BookedLater } from './BookedLater';
import { ComparedDays } from './ComparedDays';
import { MoverRow } from './MoverRow';
import { Picker } from './Picker';

const kinds = ['service', 'account', 'region'] as const;

/** What changed most against the earlier period, up or down. */
export function MoversCard({ view }: { view: LedgerView }) {
  const [by, setBy] = usePageParam('movers', kinds, 'service');
  const movers = useMovers(scopeOf(view), by);
  const before = movers.data?.comparison;
  const sub = before?.reason === '' ? `vs ${formatComparison(before, view)}` : undefined;
  return (
    <Card title="What changed" sub={sub} actions={<Picker label="By" value={by} choices={kinds.map((kind) => ({ value: kind, label: kind }))} onChange={setBy} />}>
      <QueryView query={movers} what="what changed" skeleton={<MoverSkeletons />} errorTitle="The changes could not be calculated">
        {({ dimension, comparison }) => {
          if (comparison === null) return <EmptyState title="Not compared" text="Choose under the period what to compare it with." />;
          if (comparison.reason !== '') return <EmptyState title="Nothing to compare" text={`${comparison.reason} Choose other days, or import earlier bills.`} />;
          return (
            <Box sx={{ opacity: isOld(movers) ? 0.6 : 1 }}>
              {comparison.movers.length === 0 ? (
                <EmptyState title="Nothing changed" text="Every item cost the same as in the earlier period." />
              ) : (
                <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, mt: 0.5 }}>
                  {comparison.movers.map((mover) => (
                    <MoverRow key={idOf([mover.key])} mover={mover} dimension={dimension} view={view} />
                  ))}
                  <OtherChanges amount={comparison.others} currency={view.currency} />
                </Box>
              )}
              <ComparedDays brief comparison={comparison} />
              {comparison.apart && <BookedLater apart={comparison.apart} comparison={comparison} view={view} />}
            </Box>
          );
        }}
      </QueryView>
    </Card>
  );
}

/** What all changes that are not listed come to. */
function OtherChanges({ amount, currency }: { amount: string | null; currency: string }) {
  if (amount === null) return null;
  return (
    <Box component="li" sx={{ display: 'flex', justifyContent: 'space-between', borderTop: 1, borderColor: 'tone.line2', py: '7px', fontSize: '0.8125rem', color: 'text.secondary' }}>
      All other changes
      <Change delta={changeOf(amount, '', currency)} currency={currency} />
    </Box>
  );
}

function MoverSkeletons() {
  return [0, 1, 2, 3, 4, 5].map((row) => (
    <Box key={row} sx={{ py: 1.1 }}>
      <Skeleton width="60%" height={18} />
      <Skeleton width="80%" height={16} />
    </Box>
  ));
}
