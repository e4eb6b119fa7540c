import PrintOutlined from '@mui/icons-material/PrintOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import type { InvoiceBridge } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { useSaveText } from '../../../parts/useSaveText';
import { ExportMenu } from '../../../ui/ExportMenu';
import { bridgeTable, fileNameOf } from '../model';
import { usePrint } from '../queries';
import { sheetDocument } from '../sheet';

/** The ways to take a bridge along. */
export function InvoiceActions({ bridge }: { bridge: InvoiceBridge }) {
  const save = useSaveText();
  const print = usePrint();
  const exportTable = useExportTable();
  const name = fileNameOf(bridge.invoice.key);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, ml: 'auto' }}>
      <ExportMenu pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name, table: bridgeTable(bridge), format })} />
      <Button variant="outlined" onClick={() => save.mutate({ name: `${name}.html`, text: sheetDocument(name) })}>
        Save as HTML
      </Button>
      <Button variant="outlined" startIcon={<PrintOutlined />} onClick={print}>
        Print
      </Button>
    </Box>
  );
}
