import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { Link } from 'react-router';

import { isEverything } from '../../lib/filter';
import { metricLabels } from '../../lib/metric';
import { FilterBar } from '../../parts/filter/FilterBar';
import { useForecast } from '../../parts/useForecast';
import { EmptyState } from '../../ui/EmptyState';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { Segmented } from '../../ui/Segmented';
import { useLedgerView } from '../../ui/view/ledgerView';
import { usePageParam } from '../../ui/view/usePageParam';
import { ForecastView } from './components/ForecastView';
import { describeAsOf, horizons, horizonValues } from './model';

/** What the charges will come to: `/forecast`. */
export function ForecastPage() {
  const view = useLedgerView();
  const [horizon, setHorizon] = usePageParam('months', horizonValues, '3');
  const question = { metric: view.metric, currency: view.currency, where: view.where, months: Number(horizon) };
  const forecast = useForecast(question);
  const what = isEverything(view.filter) ? view.scope || 'all charges' : [view.scope, 'filtered charges'].filter(Boolean).join(', ');
  const empty = view.facts.currencies.length === 0;
  return (
    <PageBody>
      <PageHeader title="Forecast" sub={`${metricLabels[view.metric]} cost, ${what}${forecast.data && !empty ? `, ${describeAsOf(forecast.data.asOf)}` : ''}`}>
        <Segmented label="Months ahead" value={horizon} choices={[...horizons]} onChange={setHorizon} />
      </PageHeader>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <FilterBar />
      </Box>
      <QueryView
        query={forecast}
        what="the forecast"
        errorTitle="The cost could not be forecast"
        skeleton={<Skeleton variant="rounded" height={420} />}
        isEmpty={({ refused }) => refused !== ''}
        empty={
          <EmptyState
            title="No forecast"
            text={forecast.data && [forecast.data.refused, ...forecast.data.notes].map((sentence) => <Box key={sentence} component="span" sx={{ display: 'block', '& + &': { mt: 0.75 } }}>{sentence}</Box>)}
            action={
              isEverything(view.filter) ? (
                <Button variant="contained" component={Link} to="/imports">
                  Go to imports
                </Button>
              ) : (
                <Button variant="outlined" onClick={view.clearFilter}>
                  Remove the filters
                </Button>
              )
            }
          />
        }
      >
        {(info) => <ForecastView info={info} stale={forecast.isPlaceholderData} question={question} scope={view.scope} what={what} />}
      </QueryView>
    </PageBody>
  );
}
