import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import type { PassportSetDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { foldingTable } from '../../../ui/foldingTable';
import { analysisLabel, setDetail, setName, describeReadiness } from '../model';
import { ExportQuality } from './ExportQuality';
import { LevelMark } from './Mark';

/** The columns of data sets, and which go first where there is no room. More would not fit; the cards of the data sets have the same. */
const folds = ['', '', 'folds2', 'folds2', 'folds1'];

/** Which analyses the data allows: of the workspace, and of each data set. */
export function ReadinessTable({ whole, sets }: { whole: PassportSetDocument; sets: PassportSetDocument[] }) {
  const shown = sets.length > 1 ? sets.slice(0, folds.length) : [];
  return (
    <Card title="Analyses the data allows" sub={describeReadiness(whole.readiness)} actions={<ExportQuality table="readiness" of="readiness" />}>
      <Box sx={{ overflowX: 'auto', containerType: 'inline-size' }} tabIndex={0} role="region" aria-label="Readiness">
        <Table size="small" aria-label="Readiness by analysis" sx={{ ...foldingTable, mt: 0.5, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Analysis</TableCell>
              <TableCell>{sets.length > 1 ? 'Together' : 'Readiness'}</TableCell>
              {shown.map((set, place) => (
                <TableCell key={set.id} className={folds[place]} title={setDetail(set)} sx={{ minWidth: 90, maxWidth: 170, whiteSpace: 'normal', overflowWrap: 'break-word' }}>
                  {setName(set)}
                </TableCell>
              ))}
              {sets.length === 1 && <TableCell>Why</TableCell>}
              {sets.length > shown.length && shown.length > 0 && <TableCell className="folds3">More below</TableCell>}
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
                {shown.map((set, place) => {
                  const own = set.readiness[at];
                  return <TableCell key={set.id} className={folds[place]}>{own && <LevelMark readiness={own} />}</TableCell>;
                })}
                {sets.length === 1 && <TableCell sx={{ whiteSpace: 'normal', color: 'text.secondary' }}>{sets[0]?.readiness[at]?.reasons.join(' ')}</TableCell>}
                {sets.length > shown.length && shown.length > 0 && <TableCell className="folds3" />}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Card>
  );
}
