import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';

import type { DimensionInfo } from '../../../lib/wire';
import { useReadOnly } from '../../../bridge/queries';
import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { dimensionColumn } from '../../../parts/columns';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { useDeleteDimension, useExportDimension } from '../queries';

/** One dimension and what can be done with it; deleting asks once and says what uses it. */
export function DimensionRow({ info: { name, version, description, rules, changedAt, changedBy, problem, usedBy }, onOpen }: { info: DimensionInfo; onOpen: () => void }) {
  const view = useLedgerView();
  const readOnly = useReadOnly();
  const [asked, setAsked] = useState<number | null>(null); // the version that was asked to be deleted
  const remove = useDeleteDimension();
  const save = useExportDimension();
  const overview = view.linkTo('/');
  const search = new URLSearchParams(overview.search);
  search.set('by', dimensionColumn(name));

  return (
    <TableRow>
      <TableCell>
        <Typography sx={{ fontWeight: 570 }}>{name}</Typography>
        {description !== '' && (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {description}
          </Typography>
        )}
        {problem !== '' && (
          <Typography variant="body2" sx={{ color: 'error.main' }}>
            {problem}
          </Typography>
        )}
      </TableCell>
      <TableCell align="right">{rules}</TableCell>
      <TableCell className="folds3">{usedBy.join(', ')}</TableCell>
      <TableCell className="folds2">
        {formatDay(changedAt.slice(0, 10))}
        {changedBy !== '' && ` by ${changedBy}`}
      </TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', gap: 0.5, justifyContent: 'flex-end', alignItems: 'center' }}>
          {asked !== null ? (
            <>
              <Typography variant="body2">
                {usedBy.length === 0 ? 'Delete it? Nothing uses it; the charges stay.' : `Delete it? ${formatCounted(usedBy.length, 'scope')} that ${usedBy.length === 1 ? 'uses' : 'use'} it cannot be used then.`}
              </Typography>
              <Button variant="outlined" onClick={() => setAsked(null)}>
                Keep it
              </Button>
              <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name, version: asked })}>
                Delete
              </Button>
              <ChangeConflict what={`the dimension ${name}`} change={remove} onDone={() => setAsked(null)} />
            </>
          ) : (
            <>
              <Button component={Link} to={{ pathname: overview.pathname, search: `?${search.toString()}` }} aria-label={`Costs by ${name}`} disabled={problem !== ''}>
                Costs
              </Button>
              <Button variant="outlined" aria-label={`Edit ${name}`} disabled={problem !== ''} onClick={onOpen}>
                {readOnly ? 'Show' : 'Edit'}
              </Button>
              <Button aria-label={`Export ${name}`} disabled={problem !== ''} loading={save.isPending} onClick={() => save.mutate(name)}>
                Export
              </Button>
              <Button aria-label={`Delete ${name}`} disabled={readOnly} onClick={() => setAsked(version)}>
                Delete
              </Button>
            </>
          )}
        </Box>
      </TableCell>
    </TableRow>
  );
}
