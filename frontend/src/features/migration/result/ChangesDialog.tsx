import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { formatInstant } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import { deltaOf } from '../../../lib/percent';
import type { MadeInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { FigureTable } from '../../../ui/FigureTable';
import { QueryView } from '../../../ui/QueryView';
import { providerName } from '../model/result';
import { changesTable } from '../model/tables';
import { useChanges } from '../queries';

type ChangesDialogProps = { name: string; /** All that can be compared, the newest first; at least two. */ results: MadeInfo[]; onClose: () => void };

/** How one result differs from another, line by line: the newest two at first. */
export function ChangesDialog({ name, results, onClose }: ChangesDialogProps) {
  const titleId = useId();
  const [before, setBefore] = useState(results[1]?.id ?? 0);
  const [after, setAfter] = useState(results[0]?.id ?? 0);
  const changes = useChanges(name, before, after);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>What changed</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' }, gap: 1.5, pt: 0.75 }}>
          <ResultChoice label="Before" results={results} value={before} onChange={setBefore} />
          <ResultChoice label="After" results={results} value={after} onChange={setAfter} />
        </Box>
        <QueryView query={changes} what="the changes" skeleton={<Skeleton variant="rounded" height={240} />}>
          {({ lines }) => (
            <>
              {lines.length === 0 ? (
                <Typography>No line differs.</Typography>
              ) : (
                <FigureTable
                  label="Lines that differ"
                  head={['Workload', 'Provider', 'Target before', 'Target', 'Monthly before, USD', 'Monthly, USD', 'Change, USD']}
                  rows={lines.map((line) => {
                    const delta = deltaOf(line.monthlyAfter, line.monthlyBefore);
                    return {
                      key: `${line.provider} ${line.name}`,
                      cells: [line.name, providerName(line.provider), line.targetBefore ?? '–', line.targetAfter ?? '–', formatMoney(line.monthlyBefore, 'USD'), formatMoney(line.monthlyAfter, 'USD'), delta ? formatMoney(delta.amount, 'USD', { signed: true }) : '–'],
                    };
                  })}
                />
              )}
            </>
          )}
        </QueryView>
      </DialogContent>
      <DialogActions>
        <ExportTable of="changes" disabled={!changes.data || changes.data.lines.length === 0} table={() => changesTable(changes.data?.lines ?? [])} />
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

function ResultChoice({ label, results, value, onChange }: { label: string; results: MadeInfo[]; value: number; onChange: (id: number) => void }) {
  return (
    <TextField select size="small" label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {results.map((made) => (
        <MenuItem key={made.id} value={made.id}>
          {formatInstant(made.madeAt)}
          {made.madeBy === '' ? '' : ` by ${made.madeBy}`}, price tables {made.priceBook}
        </MenuItem>
      ))}
    </TextField>
  );
}
