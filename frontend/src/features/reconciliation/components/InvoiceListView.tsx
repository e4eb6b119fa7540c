import AddRounded from '@mui/icons-material/AddRounded';
import PrintOutlined from '@mui/icons-material/PrintOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';

import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { formatCount } from '../../../lib/money';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { ImportButton } from '../../../parts/ImportButton';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import { usePageParam } from '../../../ui/view/usePageParam';
import { shown, shows } from '../model';
import { useExportList, useInvoices, usePrint } from '../queries';
import { useAddress } from '../useAddress';
import { useSaveDrafts } from '../useSaveDrafts';
import { EntryBar } from './EntryBar';
import { FiguresMenu } from './FiguresMenu';
import { InvoiceTable } from './InvoiceTable';
import { ListSheet } from './ListSheet';
import { PrintSheet } from './PrintSheet';

const showLabels = { all: 'All', missing: 'Amount missing', open: 'Unexplained', done: 'Done' };

function subOf(invoices: ReconcileInvoiceDocument[] | undefined): string | undefined {
  if (!invoices || invoices.length === 0) return undefined;
  const typed = invoices.filter(({ figure }) => figure !== null).length;
  const done = invoices.filter(({ status }) => shown(status, 'done')).length;
  return `${formatCount(typed)} of ${formatCount(invoices.length)} invoice amounts entered, ${formatCount(done)} match or are explained`;
}

/** All invoices compared with the ledger. */
export function InvoiceListView() {
  const list = useInvoices();
  const exportList = useExportList();
  const print = usePrint();
  const address = useAddress();
  const navigate = useNavigate();
  const [show, setShow] = usePageParam('show', shows, 'all');
  const rows = list.data?.filter(({ status }) => shown(status, show)) ?? [];
  const entry = useSaveDrafts(rows);
  const some = (list.data?.length ?? 0) > 0;

  return (
    <PageBody fills>
      <PageHeader title="Reconciliation" sub={subOf(list.data)}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {some && (
            <>
              <ExportMenu pending={exportList.isPending} onExport={(format) => exportList.mutate({ show, format })} />
              <Button variant="outlined" startIcon={<PrintOutlined />} onClick={print}>
                Print
              </Button>
            </>
          )}
          <FiguresMenu />
          <Button variant="contained" startIcon={<AddRounded />} onClick={() => void navigate(address.fresh)}>
            Add an invoice
          </Button>
        </Box>
      </PageHeader>
      <QueryView
        query={list}
        what="the invoices"
        errorTitle="The invoices could not be listed"
        skeleton={<TableSkeleton />}
        isEmpty={(data) => data.length === 0}
        empty={<EmptyState title="Nothing to reconcile yet" text="Import the bills of this client first. Every invoice of theirs is then listed here, and you enter the invoice amounts." action={<ImportButton />} />}
      >
        {() => (
          <>
            <Box>
              <Segmented label="Which invoices" value={show} onChange={setShow} choices={shows.map((value) => ({ value, label: showLabels[value] }))} />
            </Box>
            <EntryBar {...entry} />
            {rows.length === 0 ? <EmptyState title="No matching invoices" text="Choose another group above." /> : <InvoiceTable invoices={rows} refused={entry.reasons} />}
            <PrintSheet title="Reconciliation" late>
              <ListSheet invoices={rows} />
            </PrintSheet>
          </>
        )}
      </QueryView>
    </PageBody>
  );
}
