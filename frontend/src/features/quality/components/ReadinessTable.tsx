import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import type { PassportSetDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { analysisLabel, setDetail, setName, describeReadiness } from '../model';
import { LevelMark } from './Mark';

/** More data sets than these would not fit beside one another; their cards have the rest. */
const columnsMost = 5;

/** Which analyses the data allows: of the workspace, and of each data set. */
export function ReadinessTable({ whole, sets }: { whole: PassportSetDocument; sets: PassportSetDocument[] }) {
  const shown = sets.length > 1 ? sets.slice(0, columnsMost) : [];
  return (
    <Card title="Analyses the data allows" sub={describeReadiness(whole.readiness)}>
      <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Readiness">
        <Table size="small" aria-label="Readiness by analysis" sx={{ mt: 0.5, '& th': { verticalAlign: 'bottom' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Analysis</TableCell>
              <TableCell>{sets.length > 1 ? 'Together' : 'Readiness'}</TableCell>
              {shown.map((set) => (
                <TableCell key={set.id} title={setDetail(set)} sx={{ minWidth: 90, maxWidth: 170, whiteSpace: 'normal', overflowWrap: 'break-word' }}>
                  {setName(set)}
                </TableCell>
              ))}
              {sets.length === 1 && <TableCell>Why</TableCell>}
              {sets.length > shown.length && shown.length > 0 && <TableCell>{`${sets.length - shown.length} more below`}</TableCell>}
            </TableRow>
          </TableHead>
          <TableBody>
            {whole.readiness.map((readiness, at) => (
              <TableRow key={readiness.analysis}>
                <TableCell sx={{ fontWeight: 540 }}>
                  {analysisLabel(readiness.analysis)}
                  {!readiness.available && <Box sx={{ color: 'text.secondary', fontSize: '0.75rem', fontWeight: 400 }}>not in this version</Box>}
                </TableCell>
                <TableCell>
                  <LevelMark readiness={readiness} />
                </TableCell>
                {shown.map((set) => {
                  const own = set.readiness[at];
                  return <TableCell key={set.id}>{own && <LevelMark readiness={own} />}</TableCell>;
                })}
                {sets.length === 1 && <TableCell sx={{ whiteSpace: 'normal', color: 'text.secondary' }}>{sets[0]?.readiness[at]?.reasons.join(' ')}</TableCell>}
                {sets.length > shown.length && shown.length > 0 && <TableCell />}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Card>
  );
}
