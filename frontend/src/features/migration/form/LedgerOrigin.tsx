import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';

import { formatMonth } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { MigrationDraft } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { mappedTable, unmappedTable } from '../model/tables';

/** How many rows of a list are shown at first. */
const FEW = 10;

const monthText = (month: string) => formatMonth(month, { year: true });
const nameOf = (provider: string) => provider || 'No provider named';

/** The month of the bills; where those of providers differ, that of each. */
function monthsOf({ month, months = [] }: MigrationDraft): string {
  const known = months.map(({ provider, month: own = month }) => ({ provider, own }));
  return known.every(({ own }) => own === month) ? monthText(month) : known.map(({ provider, own }) => `${nameOf(provider)} ${monthText(own)}`).join(', ');
}

/** Which providers' bills are not used, and why. */
function leftOut({ leftOut: list = [] }: MigrationDraft): string {
  return list.map(({ provider, month }) => `${nameOf(provider)}, ${month === undefined ? 'which has no complete month' : `whose last complete month is ${monthText(month)}`}`).join('; ');
}

/** Where the workloads come from: what the bills of a month say, each line with its confidence, and the money that became no line. */
export function LedgerOrigin({ origin }: { origin: MigrationDraft }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Card title="Mapped" sub={`${formatCounted(origin.lines.length, 'workload')} from the bills of ${monthsOf(origin)}`} actions={<ExportTable of="mapped charges" disabled={origin.lines.length === 0} table={() => mappedTable(origin)} />}>
        {leftOut(origin) !== '' && (
          <Typography variant="body2" sx={{ mb: 1 }}>
            Left out: {leftOut(origin)}
          </Typography>
        )}
        <Shortened rows={origin.lines} noun="workload">
          {(lines) => (
            <FigureTable
              label="Mapped charges"
              head={['Workload', 'Resources', 'Cost of the month', 'Confidence']}
              rows={lines.map((line) => ({
                key: line.name,
                cells: [
                  <Box key="name">
                    {line.name}
                    {line.note !== '' && (
                      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                        {line.note}
                      </Typography>
                    )}
                  </Box>,
                  String(line.resources),
                  <Box key="cost" component="span">
                    {line.costs.map((one) => (
                      <Box key={one.currency}>
                        <Money amount={one.cost} currency={one.currency} /> {one.currency}
                      </Box>
                    ))}
                  </Box>,
                  String(line.confidence),
                ],
              }))}
            />
          )}
        </Shortened>
      </Card>
      <Card title="Not mapped" sub="excluded from the assessment" actions={<ExportTable of="unmapped charges" disabled={origin.unmapped.length === 0} table={() => unmappedTable(origin)} />}>
        <Shortened rows={origin.unmapped} noun="service">
          {(list) => (
            <FigureTable
              label="Charges that are not mapped"
              words={[1]}
              head={['Service', 'Reason', 'Cost of the month']}
              rows={list.map((one) => ({
                key: `${one.service} ${one.reason} ${one.currency}`,
                cells: [one.service || 'No service', one.reason, <span key="cost"><Money amount={one.monthly} currency={one.currency} /> {one.currency}</span>],
              }))}
            />
          )}
        </Shortened>
      </Card>
    </Box>
  );
}

/** The first rows of a list, and all of them when the person asks. */
function Shortened<Row>({ rows, noun, children }: { rows: Row[]; noun: string; children: (rows: Row[]) => ReactNode }) {
  const [all, setAll] = useState(false);
  return (
    <>
      {children(all ? rows : rows.slice(0, FEW))}
      {rows.length > FEW && (
        <Button size="small" sx={{ alignSelf: 'flex-start', mt: 0.5 }} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${formatCounted(rows.length, noun)}`}
        </Button>
      )}
    </>
  );
}
