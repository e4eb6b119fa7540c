import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import type { IngestBill } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { type Cost } from '../../../lib/billChange';
import { ChangeView } from '../../../ui/bills/ChangeView';
import { QueryView } from '../../../ui/QueryView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { useBillChanges } from '../queries';

const costs: readonly Cost[] = ['billed', 'effective'];

type ChangesPanelProps = { bill: IngestBill; before: number; now: number };

/** What one import changed against the one before it. */
export function ChangesPanel({ bill, before, now }: ChangesPanelProps) {
  const changes = useBillChanges(bill, before, now);
  const [cost, setCost] = usePageParam('cost', costs, 'billed');
  const exportTable = useExportTable();
  const nameOf = useSubAccountNames();
  return (
    <Box component="section" aria-label={`From import ${before} to import ${now}`} sx={{ mt: 1.5, pt: 1.5, borderTop: 1, borderColor: 'divider', color: 'text.primary' }}>
      <Typography sx={{ fontWeight: 600, mb: 0.5 }}>
        From import {before} to import {now}
      </Typography>
      <QueryView
        query={changes}
        what="the changes"
        errorTitle="The versions could not be compared"
        skeleton={
          <Box sx={{ display: 'grid', gap: 1.5 }}>
            <Skeleton variant="rounded" height={190} />
            <Skeleton variant="rounded" height={300} />
          </Box>
        }
      >
        {(change) => <ChangeView change={change} cost={cost} nameOf={nameOf} onCost={setCost} onExport={(name, table, format) => exportTable.mutate({ name, table, format })} />}
      </QueryView>
    </Box>
  );
}
