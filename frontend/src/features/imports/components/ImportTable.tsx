import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import type { ImportInfo } from '../../../lib/wire';
import { foldingTable } from '../../../ui/foldingTable';
import { type Undoing } from '../model';
import { ImportRow } from './ImportRow';

type ImportTableProps = { imports: ImportInfo[]; onUndo: (undoing: Undoing) => void; onRejects: (info: ImportInfo) => void };

/** The imports of the workspace; each opens to its files and control totals. */
export function ImportTable({ imports, onUndo, onRejects }: ImportTableProps) {
  return (
    <Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflowX: 'auto', flex: 'none', containerType: 'inline-size' }} tabIndex={0} role="region" aria-label="Imports">
      <Table size="small" aria-label="Imports" sx={foldingTable}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: 40 }}>
              <Box component="span" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
                Detail
              </Box>
            </TableCell>
            <TableCell>Files</TableCell>
            <TableCell>Months</TableCell>
            <TableCell className="folds1">Format</TableCell>
            <TableCell align="right">Lines</TableCell>
            <TableCell align="right">Skipped lines</TableCell>
            <TableCell className="folds1" align="right">Duration</TableCell>
            <TableCell className="folds2">Imported</TableCell>
            <TableCell>State</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {imports.map((info) => (
            <ImportRow key={info.importId} info={info} onUndo={(file) => onUndo({ info, file })} onRejects={() => onRejects(info)} />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
