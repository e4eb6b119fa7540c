import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { useDimensions } from '../../../bridge/queries';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { foldingTable } from '../../../ui/foldingTable';
import { QueryView } from '../../../ui/QueryView';
import { DimensionRow } from './DimensionRow';

const none = (
  <EmptyState
    title="No dimensions yet"
    text="A dimension is an ordered list of rules, each a filter and a value. The first rule that matches a charge gives its value. You see what each rule matches before you save."
  />
);

/** The virtual dimensions of the workspace. */
export function DimensionList({ onOpen }: { onOpen: (name: string) => void }) {
  const dimensions = useDimensions();
  return (
    <Card title="Dimensions of this workspace">
      <QueryView query={dimensions} what="the dimensions" skeleton={<Skeleton variant="rounded" height={160} />} errorTitle="The dimensions could not be listed" isEmpty={(list) => list.length === 0} empty={none}>
        {(list) => (
          <Box sx={{ containerType: 'inline-size' }}>
            <Table size="small" aria-label="Dimensions" sx={{ ...foldingTable, '& td': { whiteSpace: 'normal', verticalAlign: 'top' } }}>
              <TableHead>
                <TableRow>
                  <TableCell>Name</TableCell>
                  <TableCell align="right">Rules</TableCell>
                  <TableCell className="folds3">Used by scopes</TableCell>
                  <TableCell className="folds2">Changed</TableCell>
                  <TableCell aria-label="Actions" />
                </TableRow>
              </TableHead>
              <TableBody>
                {list.map((info) => (
                  <DimensionRow key={info.name} info={info} onOpen={() => onOpen(info.name)} />
                ))}
              </TableBody>
            </Table>
          </Box>
        )}
      </QueryView>
    </Card>
  );
}
