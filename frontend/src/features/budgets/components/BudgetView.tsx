import ArrowBackIcon from '@mui/icons-material/ArrowBackRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { useValueNames } from '../../../parts/accountNames';
import { ANY_VERSION } from '../../../parts/useDeletion';
import { useExportTable } from '../../../parts/useExportTable';
import { type ValueNames } from '../../../lib/accountNames';
import { formatRange } from '../../../lib/days';
import { metricLabels, metricNames } from '../../../lib/metric';
import type { BudgetDetailInfo } from '../../../lib/wire';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { PartFilter } from '../../../ui/PartFilter';
import { QueryView } from '../../../ui/QueryView';
import { writeFilter } from '../../../ui/view/ledgerView';
import { daysTable, describePeriod, describeScope } from '../model';
import { useBudgetDetail } from '../queries';
import type { useBudgetsState } from '../useBudgetsState';
import { AlertsCard } from './AlertsCard';
import { BudgetFigures } from './BudgetFigures';
import { BurnCard } from './BurnCard';
import { DeleteBudget } from './DeleteBudget';
import { DriversCard } from './DriversCard';
import { LinesButton } from './LinesButton';
import { PartsCard } from './PartsCard';
import { VersionsCard } from './VersionsCard';

/** What the charges of a period are, as an address. */
function linesOf({ standing: { budget, from, to, asOf } }: BudgetDetailInfo): string {
  const search = new URLSearchParams({ from, to: asOf < to && asOf >= from ? asOf : to, currency: budget.currency, metric: budget.metric });
  writeFilter(search, budget.where);
  return search.toString();
}

function describeWhat({ budget, from, to }: BudgetDetailInfo['standing'], nameOf: ValueNames): string {
  const metric = metricNames.find((name) => name === budget.metric);
  return [`${metric === undefined ? budget.metric : metricLabels[metric]} cost`, describeScope(budget, nameOf), budget.parent && `part of ${budget.parent}`, formatRange(from, to)].filter(Boolean).join(' · ');
}

/** One budget in one of its periods. */
export function BudgetView({ state }: { state: ReturnType<typeof useBudgetsState> }) {
  const detail = useBudgetDetail(state.opened, state.period);
  const readOnly = useReadOnly();
  const nameOf = useValueNames();
  const exportTable = useExportTable();
  const [deleting, setDeleting] = useState(false);
  const { data } = detail;
  const missing = data === undefined && detail.error !== null && toAppError(detail.error).code === 'not_found';
  return (
    <PageBody>
      <Button variant="text" startIcon={<ArrowBackIcon />} onClick={() => state.close()} sx={{ alignSelf: 'flex-start', ml: -1, mb: -1 }}>
        All budgets
      </Button>
      <PageHeader title={state.opened} sub={data && describeWhat(data.standing, nameOf)}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {data && (
            <>
              <PartFilter
                label="Period"
                all="Current period"
                value={data.standing.period}
                values={data.standing.budget.amounts.map(({ period }) => period)}
                labelOf={describePeriod}
                onChange={(period) => state.setPeriod(period ?? '')}
              />
              <LinesButton search={linesOf(data)} />
              <ExportMenu of="the days of the period" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: `budget ${state.opened}`, table: daysTable(data), format })} />
            </>
          )}
          {!missing && (
            <>
              <Button variant="outlined" disabled={readOnly} onClick={() => setDeleting(true)}>
                Delete
              </Button>
              <Button variant="contained" disabled={readOnly} onClick={state.edit}>
                Edit
              </Button>
            </>
          )}
        </Box>
      </PageHeader>
      <QueryView query={detail} what="the budget" errorTitle="The budget could not be calculated" skeleton={<Skeleton variant="rounded" height={420} />}>
        {(info) => (
          <>
            {info.standing.notes.map((note) => (
              <Typography key={note} sx={{ color: 'text.secondary' }}>
                {note}
              </Typography>
            ))}
            <BudgetFigures standing={info.standing} />
            <BurnCard detail={info} />
            <DriversCard detail={info} state={state} />
            <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
              <AlertsCard detail={info} />
              {info.standing.children && <PartsCard standing={info.standing} parts={info.standing.children} addressOf={state.addressOf} />}
              <VersionsCard name={state.opened} period={info.standing.period} />
            </Box>
          </>
        )}
      </QueryView>
      {deleting && <DeleteBudget name={state.opened} version={data?.standing.budget.version ?? ANY_VERSION} onClose={() => setDeleting(false)} onDeleted={() => state.close('', true)} />}
    </PageBody>
  );
}
