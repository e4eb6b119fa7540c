import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type MouseEvent, useMemo } from 'react';

import type { CommitmentInfo, CommitmentsInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { commitmentColumns } from '../columns';
import { keyOf } from '../model';
import { commitmentsTable } from '../tables';
import type { useCommitmentsState } from '../useCommitmentsState';
import { CommitmentDrawer } from './CommitmentDrawer';
import { CommitmentTotals } from './CommitmentTotals';

/** The totals, the list of commitments and the detail of one. */
export function ListView({ info, state }: { info: CommitmentsInfo; state: ReturnType<typeof useCommitmentsState> }) {
  const { currency, facts } = useLedgerView();
  const exportTable = useExportTable();
  const memory = useTableMemory('commitments');
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));

  const own = useMemo(() => info.commitments.filter((one) => one.currency === currency), [info.commitments, currency]);
  const columns = useMemo(() => commitmentColumns(currency, wide), [currency, wide]);
  const source = useLocalRows(own, columns, state.sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((one) => one ?? []);

  const open = (one: CommitmentInfo | undefined) => {
    if (one) state.open(keyOf(one));
  };
  // A row leads to its commitment, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };

  return (
    <>
      <CommitmentTotals total={info.totals.find((one) => one.currency === currency)} list={own} newest={facts.lastDay} />
      <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
        <ExportMenu label="Export commitments" pending={exportTable.isPending} disabled={own.length === 0} onExport={(format) => exportTable.mutate({ name: 'commitments', table: commitmentsTable(ordered), format })} />
      </Box>
      <Box
        component="section"
        aria-label="Commitments"
        onClick={handleClick}
        sx={{ height: `min(max(320px, 52vh), ${Math.max(220, 32 * own.length + 84)}px)`, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {own.length === 0 ? (
          <EmptyState title={`No commitments in ${currency || 'this currency'}`} text="No charge line of the bills names a reservation, a savings plan or a committed use discount. The simulator says what one would save." />
        ) : (
          <DataTable label="Commitments" columns={columns} source={source} sort={state.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={currency} noun="commitment" hint="Enter opens the commitment · Ctrl C copies" />
        )}
      </Box>
      <CommitmentDrawer info={info} listed={ordered} state={state} />
    </>
  );
}
