import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { formatInstant } from '../../../lib/days';
import type { AssessmentResult } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import { errorToast, useToast } from '../../../ui/toast';
import { useAssess, useResult } from '../queries';
import { type MigrationState, type ResultTab, resultTabs } from '../useMigrationState';
import { ChangesDialog } from './ChangesDialog';
import { ComparisonTab } from './ComparisonTab';
import { CostsTab } from './CostsTab';
import { ExportAssessment } from './ExportAssessment';
import { MappingTab } from './MappingTab';
import { MoneyTab } from './MoneyTab';
import { PlanTab } from './PlanTab';
import { PricesDialog } from './PricesDialog';
import { SensitivityTab } from './SensitivityTab';

const tabLabels: Record<ResultTab, string> = { comparison: 'Comparison', costs: 'Cost', money: 'Money over time', sensitivity: 'Sensitivity', plan: 'Plan', mapping: 'Mapping' };

/** What an assessment came to the last time. It keeps its prices and never changes by itself. */
export function ResultView({ state }: { state: MigrationState }) {
  const name = state.opened;
  const result = useResult(name);
  const assess = useAssess();
  const toast = useToast();
  const readOnly = useReadOnly();
  const [comparing, setComparing] = useState(false);
  const [pricing, setPricing] = useState(false);
  const again = (then?: () => void) => assess.mutate(name, { onSuccess: then ?? (() => toast({ text: `Assessed ${name} again.` })), onError: (error) => toast(errorToast(error)) });
  const assessAndCompare = () => {
    setPricing(false);
    again(() => setComparing(true));
  };
  const made = result.data?.made;
  const missing = result.error !== null && !result.data && toAppError(result.error).code === 'not_found';
  return (
    <PageBody>
      <PageHeader title={name} sub={made ? `Assessed ${formatInstant(made.madeAt)}${made.madeBy === '' ? '' : ` by ${made.madeBy}`}; list prices in USD` : undefined}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <Button onClick={state.list}>All assessments</Button>
          {result.data && result.data.results.length > 1 && (
            <Button variant="outlined" onClick={() => setComparing(true)}>
              What changed
            </Button>
          )}
          {result.data && (
            <Button variant="outlined" onClick={() => setPricing(true)}>
              Newer prices
            </Button>
          )}
          <Button variant="outlined" onClick={() => state.edit(name, 'organization')}>
            Edit
          </Button>
          <Button variant="outlined" disabled={readOnly} loading={assess.isPending} onClick={() => again()}>
            Assess again
          </Button>
          <ExportAssessment name={name} disabled={!result.data} />
        </Box>
      </PageHeader>
      {missing ? (
        <EmptyState title="Not assessed yet" text="Fill in the form, then assess it in the review." action={<Button variant="contained" onClick={() => state.edit(name, 'organization')}>Continue</Button>} />
      ) : (
        <QueryView query={result} what="the result" errorTitle="The result could not be read" skeleton={<Skeleton variant="rounded" height={420} />}>
          {(data) => (
            <>
              {data.outdated && <Alert severity="info">The profile or the price tables changed since this was assessed. The result stays as it is until it is assessed again.</Alert>}
              <Box>
                <Segmented label="Part of the result" value={state.tab} choices={resultTabs.map((tab) => ({ value: tab, label: tabLabels[tab] }))} onChange={(tab) => state.show(name, tab)} />
              </Box>
              <Tab tab={state.tab} data={data} />
            </>
          )}
        </QueryView>
      )}
      {comparing && result.data && result.data.results.length > 1 && <ChangesDialog key={result.data.made.id} name={name} results={result.data.results} onClose={() => setComparing(false)} />}
      {pricing && <PricesDialog name={name} onClose={() => setPricing(false)} onAssess={assessAndCompare} />}
    </PageBody>
  );
}

function Tab({ tab, data }: { tab: ResultTab; data: AssessmentResult }) {
  switch (tab) {
    case 'comparison':
      return <ComparisonTab data={data} />;
    case 'costs':
      return <CostsTab data={data} />;
    case 'money':
      return <MoneyTab data={data} />;
    case 'sensitivity':
      return <SensitivityTab data={data} />;
    case 'plan':
      return <PlanTab data={data} />;
    case 'mapping':
      return <MappingTab data={data} />;
  }
}
