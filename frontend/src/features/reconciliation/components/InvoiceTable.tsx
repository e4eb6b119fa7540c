import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { useSortParam } from '../../../ui/view/useSortParam';
import { invoiceColumns } from '../columns';
import { EntryContext } from '../entryContext';
import { encodeKey } from '../model';
import { useAddress } from '../useAddress';
import { useListEntry } from '../useListEntry';

/** The invoices as a table; a row opens its invoice, and amounts can be typed and pasted. */
export function InvoiceTable({ invoices, refused }: { invoices: ReconcileInvoiceDocument[]; refused: ReadonlyMap<string, string> }) {
  const [sort, setSort] = useSortParam();
  const memory = useTableMemory('invoices');
  const { search } = useLocation();
  const navigate = useNavigate();
  const address = useAddress();
  // The words of a status take the room of an amount from all but wide windows.
  const { breakpoints } = useTheme();
  const [wide, small] = [useMediaQuery(breakpoints.up('xl')), useMediaQuery(breakpoints.down('md'))];
  const room = small ? 'small' : wide ? 'wide' : 'narrow';
  const columns = useMemo(
    () =>
      invoiceColumns(invoices, (row) => {
        const next = new URLSearchParams(search);
        next.set('invoice', encodeKey(row));
        return `/reconciliation?${next.toString()}`;
      }, room),
    [invoices, search, room],
  );
  const source = useLocalRows(invoices, columns, sort);
  const { section, entry, handlers } = useListEntry(source, 'total', refused);
  return (
    <Box
      component="section"
      ref={section}
      aria-label="Invoices"
      {...handlers}
      sx={{ flex: 1, minHeight: 240, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden' }}
    >
      <EntryContext value={entry}>
        <DataTable
          label="Invoices and the ledger"
          columns={columns}
          source={source}
          sort={sort}
          onSort={setSort}
          memory={memory}
          onOpenRow={(row) => void navigate(address.of(row))}
          noun="invoice"
          hint="Type or paste amounts under Invoice total · Enter opens an invoice"
        />
      </EntryContext>
    </Box>
  );
}
