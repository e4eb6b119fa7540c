import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import type { ReconciledInvoice } from '../../../lib/wire';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { type Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { invoiceColumns } from '../columns';
import { encodeKey } from '../model';
import { useAddress } from '../useAddress';

/** The invoices as a table; a row opens its bridge. */
export function InvoiceTable({ invoices }: { invoices: ReconciledInvoice[] }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const { search } = useLocation();
  const navigate = useNavigate();
  const address = useAddress();
  const columns = useMemo(
    () =>
      invoiceColumns((row) => {
        const next = new URLSearchParams(search);
        next.set('invoice', encodeKey(row.key));
        return `/reconciliation?${next.toString()}`;
      }),
    [search],
  );
  const source = useLocalRows(invoices, columns, sort);
  return (
    <Box
      component="section"
      aria-label="Invoices"
      sx={{ flex: 1, minHeight: 240, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden' }}
    >
      <DataTable
        label="Invoices beside the ledger"
        columns={columns}
        source={source}
        sort={sort}
        onSort={setSort}
        onOpenRow={(row) => void navigate(address.of(row.key))}
        noun="invoice"
        hint="Enter opens the bridge · Ctrl C copies"
      />
    </Box>
  );
}
