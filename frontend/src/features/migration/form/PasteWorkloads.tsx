import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { useReadPasted } from '../queries';
import { type AddLines, FoundActions, FoundLines } from './FoundLines';

type PasteWorkloadsProps = { lines: number; onClose: () => void; onAdd: AddLines };

/** Takes workloads from cells that were copied from a spreadsheet. */
export function PasteWorkloads({ lines, onClose, onAdd }: PasteWorkloadsProps) {
  const titleId = useId();
  const [text, setText] = useState('');
  const read = useReadPasted();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Paste workloads</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>
          Copy cells from Excel, with the names of the fields above them. Without names the columns are name, type, environment, machines, vCPU, memory, CPU p95, memory p95, operating system and block storage.
        </Typography>
        <TextField
          autoFocus
          multiline
          fullWidth
          minRows={8}
          maxRows={14}
          label="Cells"
          value={text}
          error={read.error !== null}
          helperText={read.error?.message}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value.trim() !== '') read.mutate(event.target.value);
            else read.reset();
          }}
          slotProps={{ htmlInput: { style: { fontFamily: 'monospace', whiteSpace: 'pre' } } }}
        />
        {read.data && text.trim() !== '' && <FoundLines found={read.data} />}
      </DialogContent>
      <FoundActions found={text.trim() === '' ? null : (read.data ?? null)} lines={lines} onAdd={onAdd} onClose={onClose} />
    </Dialog>
  );
}
