import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import { isEverything } from '../../../lib/filter';
import { formatRange } from '../../../lib/days';
import type { PoolInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { describeShort, paymentsOf, poolOf } from '../model';
import { usePools, useSimulation } from '../queries';
import type { useCommitmentsState } from '../useCommitmentsState';
import { NoUsage } from './NoUsage';
import { SimulationView } from './SimulationView';
import { SimulatorControls } from './SimulatorControls';

type State = ReturnType<typeof useCommitmentsState>;

/** What a commitment for a pool of usage would have saved, and how much of it to buy. */
export function SimulatorView({ state }: { state: State }) {
  const { currency, where, facts } = useLedgerView();
  const hasLines = facts.lastDay !== '';
  const pools = usePools(hasLines);
  if (!hasLines) return <NoUsage />;
  return (
    <QueryView query={pools} what="the usage" errorTitle="The usage could not be read" skeleton={<Skeleton variant="rounded" height={420} />}>
      {(all) => {
        const own = all.filter((pool) => pool.currency === currency);
        const pool = poolOf(own, state.pool);
        if (!pool) {
          return <EmptyState title="Nothing to commit to" text={`In the last 60 days no machines were paid in ${currency || 'this currency'} at on-demand prices. Commitments for other services are not simulated.`} />;
        }
        return (
          <>
            <SimulatorControls pools={own} pool={pool} state={state} />
            {!isEverything(where) && <Typography sx={{ color: 'text.secondary' }}>A commitment covers the whole organisation, so the scope and the filter do not apply here.</Typography>}
            <Simulated pool={pool} state={state} />
          </>
        );
      }}
    </QueryView>
  );
}

function Simulated({ pool, state }: { pool: PoolInfo; state: State }) {
  const payment = paymentsOf(pool.provider).includes(state.payment) ? state.payment : 'none';
  const simulation = useSimulation({ pool: pool.id, currency: pool.currency, years: state.years, payment, discount: state.discount === '' ? null : state.discount });
  return (
    <QueryView query={simulation} what="the simulation" errorTitle="The commitment could not be simulated" skeleton={<Skeleton variant="rounded" height={420} />}>
      {(data) => (
        <>
          <Box sx={{ color: 'text.secondary' }}>
            {data.slotHours === 1 ? 'Calculated hour by hour' : 'Calculated day by day, since the export is daily: a day’s usage counts as even over its hours'}, {formatRange(data.from, data.to)}.{describeShort(data)}
          </Box>
          <SimulationView key={`${pool.id} ${pool.currency}`} simulation={data} years={state.years} at={state.at} onAt={state.setAt} />
        </>
      )}
    </QueryView>
  );
}
