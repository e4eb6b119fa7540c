import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type MouseEvent, useMemo } from 'react';

import type { BillInfo } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { useTableMemory } from '../../../parts/useTableMemory';
import { describeNamedAccount } from '../../../lib/accountNames';
import { billKey, describeProvider } from '../../../lib/bill';
import { formatMonth } from '../../../lib/days';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { billColumns } from '../columns';
import { matchesFilter, valuesOf } from '../model';
import { useExportBills } from '../queries';
import { useBillsState } from '../useBillsState';
import { BillDrawer } from './BillDrawer';
import { PartFilter } from '../../../ui/PartFilter';

/** Filters, the table of bills and the detail of one. */
export function BillsView({ bills }: { bills: BillInfo[] }) {
  const { facts } = useLedgerView();
  const state = useBillsState();
  const exportBills = useExportBills();
  const memory = useTableMemory('bills');
  const nameOf = useBillingAccountNames();
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));
  const { month, provider, account, importId } = state.filter;

  const shown = useMemo(() => bills.filter((info) => matchesFilter(info, { month, provider, account, importId })), [bills, month, provider, account, importId]);
  const columns = useMemo(() => billColumns(shown, facts.currencies.map(({ code }) => code), nameOf, wide), [shown, facts.currencies, nameOf, wide]);
  const source = useLocalRows(shown, columns, state.sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((info) => info ?? []);
  const narrowed = shown.length < bills.length;

  const open = (info: BillInfo | undefined) => {
    if (info) state.open(billKey(info));
  };
  // The table itself opens a row with Enter or a double click; here a row leads somewhere, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };

  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <PartFilter label="Month" all="All months" value={month} values={valuesOf(bills, 'month')} labelOf={(value) => formatMonth(value)} onChange={(value) => state.setPart('month', value)} />
        <PartFilter label="Provider" all="All providers" value={provider} values={valuesOf(bills, 'provider')} labelOf={describeProvider} onChange={(value) => state.setPart('provider', value)} />
        <PartFilter label="Account" all="All accounts" value={account} values={valuesOf(bills, 'billingAccount')} labelOf={(value) => describeNamedAccount(value, nameOf(value)) || 'No account'} onChange={(value) => state.setPart('account', value)} />
        {importId !== null && (
          <Button variant="outlined" aria-label={`Remove filter: import ${importId}`} endIcon={<CloseIcon />} onClick={state.clearImport} sx={{ bgcolor: 'tone.selected' }}>
            Import {importId}
          </Button>
        )}
        {narrowed && (
          <Button variant="text" onClick={state.clearFilters}>
            Show all
          </Button>
        )}
        <ExportMenu
          label="Export history"
          pending={exportBills.isPending}
          disabled={shown.length === 0}
          onExport={(format) => exportBills.mutate({ meant: state.filter, format })}
          sx={{ ml: 'auto' }}
        />
      </Box>
      <Box
        component="section"
        aria-label="Bills"
        onClick={handleClick}
        sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {shown.length === 0 ? (
          <EmptyState
            title="No matching bills"
            text="Choose another month, provider or account."
            action={
              <Button variant="outlined" onClick={state.clearFilters}>
                Show all bills
              </Button>
            }
          />
        ) : (
          <DataTable
            label="Bills"
            columns={columns}
            source={source}
            sort={state.sort}
            onSort={state.setSort}
            onOpenRow={open}
            memory={memory}
            resetKey={JSON.stringify([month, provider, account, importId])}
            noun="bill"
            hint="Enter opens the bill · Ctrl C copies"
          />
        )}
      </Box>
      <BillDrawer bills={bills} listed={ordered} state={state} />
    </>
  );
}
