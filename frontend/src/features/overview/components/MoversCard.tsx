import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import { formatComparison } from '../../../lib/period';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { idOf } from '../model';
import { scopeOf, useMovers } from '../queries';
import { MoverRow } from './MoverRow';
import { Picker } from './Picker';

const kinds = ['service', 'account', 'region'] as const;

/** What changed most against the earlier period, up or down. */
export function MoversCard({ view }: { view: LedgerView }) {
  const [by, setBy] = usePageParam('movers', kinds, 'service');
  const movers = useMovers(scopeOf(view), by);
  const sub = view.compareFrom === '' ? undefined : `against ${formatComparison({ from: view.compareFrom, to: view.compareTo }, view)}`;
  return (
    <Card title="What changed" sub={sub} actions={<Picker label="By" value={by} choices={kinds.map((kind) => ({ value: kind, label: kind }))} onChange={setBy} />}>
      <QueryView query={movers} skeleton={<MoverSkeletons />} errorTitle="The changes could not be worked out">
        {({ dimension, movers: rows, names }) => {
          if (rows === null) return <EmptyState title="Nothing to hold it against" text="The ledger does not reach back to an earlier period of this length. Choose a shorter one, or import older files." />;
          if (rows.length === 0) return <EmptyState title="Nothing changed" text="Every part cost exactly as much as in the earlier period." />;
          return (
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, mt: 0.5, opacity: movers.isPlaceholderData ? 0.6 : 1 }}>
              {rows.map((mover) => (
                <MoverRow key={idOf(mover.keys)} mover={mover} dimension={dimension} traits={names.get(idOf(mover.keys))} view={view} />
              ))}
            </Box>
          );
        }}
      </QueryView>
    </Card>
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
