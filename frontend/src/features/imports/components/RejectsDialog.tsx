import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import type { ShownTable, TableFormat } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { fileName } from '../../../lib/fileName';
import { columnsOfKind } from '../../../lib/table';
import { type Column, ROW_HEIGHT } from '../../../ui/DataTable/model';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { ExportMenu } from '../../../ui/ExportMenu';
import { type Reject, useRejects } from '../queries';

/** Rows in view at once; all others scroll. */
const ROWS_IN_VIEW = 12;

const STATUS_HEIGHT = 29;

const columns: Column<Reject>[] = [
  { id: 'file', header: 'File', kind: 'text', secondary: 1, sortable: false, width: 180, value: (row) => row.file, display: (row) => fileName(row.file) },
  { id: 'line', header: 'Line', kind: 'number', sortable: false, width: 72, value: (row) => String(row.line) },
  { id: 'reason', header: 'Reason', kind: 'text', sortable: false, width: 280, value: (row) => row.reason },
  { id: 'text', header: 'Text of the line', kind: 'text', secondary: 2, sortable: false, width: 360, value: (row) => row.text },
];

/** The lines as a table for a file. */
function rejectsTable(rows: Reject[]): ShownTable {
  return {
    title: 'Skipped lines',
    columns: [...columnsOfKind('text', 'File'), ...columnsOfKind('count', 'Line'), ...columnsOfKind('text', 'Reason', 'Text of the line')],
    currencyColumn: -1,
    rows: rows.map(({ file, line, reason, text }) => [file, String(line), reason, text]),
  };
}

/** The lines that an import skipped, each with the reason. */
export function RejectsDialog({ importId, title, onClose }: { importId: number; title: string; onClose: () => void }) {
  const rejects = useRejects(importId);
  const exportTable = useExportTable();
  const titleId = useId();
  const { source } = rejects;
  const handleExport = (format: TableFormat) =>
    exportTable.mutate({ name: `skipped lines of import ${importId}`, table: async () => rejectsTable(await source.read(0, source.total - 1)), format });

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <Typography sx={{ color: 'text.secondary', px: '22px', pb: 1.5 }}>These lines could not be read and are excluded from totals. Correct them at the source and import the file again.</Typography>
      {rejects.error !== null && (
        <Box sx={{ px: '22px' }}>
          <ErrorPanel title="The skipped lines could not be read" error={rejects.error} onRetry={rejects.retry} />
        </Box>
      )}
      <Box sx={{ height: `min(${ROW_HEIGHT * (Math.min(ROWS_IN_VIEW, Math.max(3, source.total)) + 1) + STATUS_HEIGHT}px, 55vh)`, display: 'flex', borderTop: 1, borderBottom: 1, borderColor: 'divider' }}>
        <DataTable label="Skipped lines" columns={columns} source={source} sort={null} onSort={() => undefined} noun="line" hint="Ctrl C copies" />
      </Box>
      <DialogActions sx={{ pt: '14px !important' }}>
        <ExportMenu disabled={source.total === 0} pending={exportTable.isPending} onExport={handleExport} />
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
