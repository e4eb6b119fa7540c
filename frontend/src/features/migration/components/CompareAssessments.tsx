import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

import { addDays, formatDay } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import type { AssessmentInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { FigureTable } from '../../../ui/FigureTable';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { optionLabel } from '../model/labels';
import { bestOf, noneText, notScored } from '../model/result';
import { comparedTable } from '../model/tables';
import { useAssessments } from '../queries';
import { Stars } from '../result/Stars';
import type { MigrationState } from '../useMigrationState';

const providers = ['aws', 'azure', 'gcp'];

/** Several assessments side by side: what each came to the last time. */
export function CompareAssessments({ state }: { state: MigrationState }) {
  const assessments = useAssessments();
  const compared = state.compared.flatMap((name) => assessments.data?.filter((one) => one.name === name && one.made) ?? []);
  return (
    <PageBody>
      <PageHeader title="Compare assessments" sub="What each came to the last time; USD">
        <ExportTable of="compared assessments" disabled={compared.length === 0} table={() => comparedTable(compared)} />
        <Button onClick={state.list}>All assessments</Button>
      </PageHeader>
      <QueryView query={assessments} what="the assessments" skeleton={<TableSkeleton />}>
        {() => {
          const head = ['', ...compared.map((one) => one.name)];
          const entry = (one: AssessmentInfo, provider: string) => one.standing.find((standing) => standing.provider === provider);
          const row = (name: string, cell: (one: AssessmentInfo) => ReactNode) => ({ key: name, cells: [name, ...compared.map(cell)] });
          return (
            <>
              <Card title="Overall">
                <FigureTable
                  label="Overall"
                  head={head}
                  rows={[
                    row('Best provider', (one) => {
                      const best = bestOf(one);
                      return best ? `${optionLabel('', best.provider)}${one.made?.tooClose ? ', too close to call' : ''}` : noneText(one);
                    }),
                    row('Workloads', (one) => String(one.workloads)),
                    row('End of the plan', (one) => (one.made ? formatDay(addDays(one.made.end, -1)) : '–')),
                    row('Price tables', (one) => one.made?.priceBook ?? '–'),
                    row('Calculated as of', (one) => (one.made ? formatDay(one.made.asOf) : '–')),
                    row('State', (one) => (one.outdated ? 'Changed since assessed' : 'Assessed as it is')),
                  ]}
                />
              </Card>
              {providers.map((provider) => (
                <Card key={provider} title={optionLabel('', provider)}>
                  <FigureTable
                    label={optionLabel('', provider)}
                    head={head}
                    rows={[
                      row('Score', (one) => entry(one, provider)?.score ?? notScored(entry(one, provider))),
                      row('Monthly', (one) => formatMoney(entry(one, provider)?.monthly ?? null, 'USD')),
                      row('One-off', (one) => formatMoney(entry(one, provider)?.oneOff ?? null, 'USD')),
                      row('Net present value', (one) => formatMoney(entry(one, provider)?.npv ?? null, 'USD')),
                      row('Payback, months', (one) => entry(one, provider)?.paybackMonth ?? 'None'),
                      row('Confidence', (one) => {
                        const stars = entry(one, provider)?.stars;
                        return stars === undefined ? '–' : <Stars stars={stars} />;
                      }),
                    ]}
                  />
                </Card>
              ))}
            </>
          );
        }}
      </QueryView>
    </PageBody>
  );
}
