import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';

import { useReadOnly } from '../../../bridge/queries';
import { formatDay } from '../../../lib/days';
import type { MappingInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useDeleteMapping, useExportMapping } from '../queries';

/** One saved mapping and what can be done with it; deleting asks once. */
export function SavedRow({ info, onUse }: { info: MappingInfo; onUse: (() => void) | undefined }) {
  const readOnly = useReadOnly();
  const [asked, setAsked] = useState<number | null>(null); // the version that was asked to be deleted
  const remove = useDeleteMapping();
  const save = useExportMapping();
  return (
    <TableRow>
      <TableCell sx={{ whiteSpace: 'normal !important', overflowWrap: 'anywhere' }}>
        <bdi>{info.name}</bdi>
        {info.problem !== '' && (
          <Typography variant="body2" sx={{ color: 'error.main' }}>
            {info.problem}
          </Typography>
        )}
      </TableCell>
      <TableCell>{info.provider === '' ? 'from a column' : info.provider}</TableCell>
      <TableCell>{formatDay(info.changedAt.slice(0, 10))}</TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', gap: 0.5, justifyContent: 'flex-end', alignItems: 'center' }}>
          {asked !== null ? (
            <>
              <Typography variant="body2">Delete it? What was imported with it stays.</Typography>
              <Button variant="outlined" onClick={() => setAsked(null)}>
                Keep it
              </Button>
              <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name: info.name, version: asked })}>
                Delete
              </Button>
              <ChangeConflict what={`the mapping ${info.name}`} change={remove} onDone={() => setAsked(null)} />
            </>
          ) : (
            <>
              {onUse && (
                <Button variant="outlined" disabled={info.problem !== ''} aria-label={`Start from ${info.name}`} onClick={onUse}>
                  Start from it
                </Button>
              )}
              {!onUse && (
                <Button component={Link} to={`/imports/map?edit=${encodeURIComponent(info.name)}`} variant="outlined" disabled={info.problem !== ''} aria-label={`Edit ${info.name}`}>
                  Edit
                </Button>
              )}
              <Button aria-label={`Export ${info.name}`} loading={save.isPending} onClick={() => save.mutate(info.name)}>
                Export
              </Button>
              <Button aria-label={`Delete ${info.name}`} disabled={readOnly} onClick={() => setAsked(info.version)}>
                Delete
              </Button>
            </>
          )}
        </Box>
      </TableCell>
    </TableRow>
  );
}
