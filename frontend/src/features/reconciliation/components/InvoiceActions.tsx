import PrintOutlined from '@mui/icons-material/PrintOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import type { ReconcileBridgeDocument } from '../../../lib/wire';
import { useSaveText } from '../../../parts/useSaveText';
import { ExportMenu } from '../../../ui/ExportMenu';
import { fileNameOf, keyOf } from '../model';
import { useExportSteps, usePrint } from '../queries';
import { sheetDocument } from '../sheet';

/** The ways to take a bridge along. */
export function InvoiceActions({ bridge }: { bridge: ReconcileBridgeDocument }) {
  const save = useSaveText();
  const print = usePrint();
  const exportSteps = useExportSteps();
  const name = fileNameOf(bridge);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, ml: 'auto' }}>
      <ExportMenu pending={exportSteps.isPending} onExport={(format) => exportSteps.mutate({ key: keyOf(bridge), format })} />
      <Button variant="outlined" onClick={() => save.mutate({ name: `${name}.html`, text: sheetDocument(name) })}>
        Save as HTML
      </Button>
      <Button variant="outlined" startIcon={<PrintOutlined />} onClick={print}>
        Print
      </Button>
    </Box>
  );
}
