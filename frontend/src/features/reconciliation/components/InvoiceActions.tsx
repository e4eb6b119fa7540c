import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import PrintOutlined from '@mui/icons-material/PrintOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import { type InvoiceBridge } from '../../../bridge/ports/reconciliation';
import { bridgeCsv, fileNameOf } from '../model';
import { usePrint, useSaveText } from '../queries';
import { sheetDocument } from '../sheet';

/** The ways to take a bridge along. */
export function InvoiceActions({ bridge }: { bridge: InvoiceBridge }) {
  const save = useSaveText();
  const print = usePrint();
  const { invoice } = bridge;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, ml: 'auto' }}>
      <Button variant="outlined" startIcon={<FileDownloadOutlined />} onClick={() => save.mutate({ name: fileNameOf(invoice.key, 'csv'), text: bridgeCsv(bridge) })}>
        Export CSV
      </Button>
      <Button variant="outlined" onClick={() => save.mutate({ name: fileNameOf(invoice.key, 'html'), text: sheetDocument(fileNameOf(invoice.key, 'html').replace(/\.html$/, '')) })}>
        Save as HTML
      </Button>
      <Button variant="outlined" startIcon={<PrintOutlined />} onClick={print}>
        Print
      </Button>
    </Box>
  );
}
