import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { useReadOnly } from '../../../bridge/queries';
import type { Mapping } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { useFindMapping, useImportMapping, useMappingList } from '../queries';
import { SavedRow } from './SavedRow';

/** The mappings of the workspace; with onUse one can be the start for the table at hand. */
export function SavedMappings({ onUse }: { onUse?: (mapping: Mapping) => void }) {
  const list = useMappingList();
  const importing = useImportMapping();
  const find = useFindMapping();
  const readOnly = useReadOnly();
  const importButton = (
    <Button variant="outlined" disabled={readOnly} loading={importing.isPending} onClick={() => importing.mutate()}>
      Import a mapping
    </Button>
  );
  return (
    <QueryView
      query={list}
      what="the mappings"
      errorTitle="The mappings could not be listed"
      skeleton={<Skeleton variant="rounded" height={160} />}
      isEmpty={(data) => data.length === 0}
      empty={<EmptyState title="No mapping is saved" text="Map the columns of a table that was left out of an import, or import a mapping that was exported from another workspace." action={importButton} />}
    >
      {(data) => (
        <Box sx={{ display: 'grid', gap: 1.5, overflowX: 'auto' }}>
          <Table size="small" aria-label="Saved mappings">
            <TableHead>
              <TableRow>
                <TableCell>Name</TableCell>
                <TableCell>Provider</TableCell>
                <TableCell>Changed</TableCell>
                <TableCell />
              </TableRow>
            </TableHead>
            <TableBody>
              {data.map((info) => (
                <SavedRow key={info.name} info={info} onUse={onUse && (() => find.mutate(info.name, { onSuccess: onUse }))} />
              ))}
            </TableBody>
          </Table>
          <div>{importButton}</div>
        </Box>
      )}
    </QueryView>
  );
}
