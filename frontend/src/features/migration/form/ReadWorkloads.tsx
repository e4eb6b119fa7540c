import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { useReadWorkloads } from '../queries';
import { type AddLines, FoundActions, FoundLines } from './FoundLines';

type ReadWorkloadsProps = { lines: number; onClose: () => void; onAdd: AddLines };

/** Takes workloads from a file. */
export function ReadWorkloads({ lines, onClose, onAdd }: ReadWorkloadsProps) {
  const titleId = useId();
  const read = useReadWorkloads();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Read workloads from a file</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>
          A CSV file or the first sheet of an Excel workbook: with the names of the fields as columns, an RVTools export (the sheet vInfo), or the import file of Azure Migrate. Machines that are switched off are left out.
        </Typography>
        <Button variant="outlined" loading={read.isPending} onClick={() => read.mutate()}>
          Choose a file
        </Button>
        {read.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {read.error.message}
          </Typography>
        )}
        {read.data && <FoundLines found={read.data} />}
      </DialogContent>
      <FoundActions found={read.data ?? null} lines={lines} onAdd={onAdd} onClose={onClose} />
    </Dialog>
  );
}
