import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import type { AssessmentResult } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { ExportPart } from './ExportPart';
import { LedgerOrigin } from '../form/LedgerOrigin';

/** What the figures stand on and what they leave out. */
export function MappingTab({ data: { name, result, origin } }: { data: AssessmentResult }) {
  return (
    <>
      {origin ? <LedgerOrigin origin={origin} /> : <Typography sx={{ color: 'text.secondary' }}>The workloads do not come from the bills of this workspace.</Typography>}
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
          <Card title="Workloads in no total" actions={<ExportPart name={name} part="omitted" of="workloads in no total" disabled={result.notCounted.length === 0} />}>
            {result.notCounted.length === 0 ? <Typography sx={{ color: 'text.secondary', mt: 1 }}>All workloads are in the totals.</Typography> : <FigureTable label="Workloads in no total" head={['Workload', 'Reason']} words={[1]} rows={result.notCounted.map((one) => ({ key: one.name, cells: [one.name, one.reason] }))} />}
          </Card>
          {result.warnings.length > 0 && (
            <Card title="To look at">
              <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
                {result.warnings.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </Box>
            </Card>
          )}
        </Box>
        <Card title="What the figures leave out">
          <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
            {result.notes.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </Box>
        </Card>
      </Box>
    </>
  );
}
