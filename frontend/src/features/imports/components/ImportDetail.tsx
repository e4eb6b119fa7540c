import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';

import { useReadOnly } from '../../../bridge/queries';
import { formatMonth } from '../../../lib/days';
import { fileNames } from '../../../lib/fileName';
import { formatBytes, formatCount } from '../../../lib/money';
import type { ImportedFile, ImportInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Money } from '../../../ui/Money';
import { Pill } from '../../../ui/Pill';
import { metricLabels, metricNames } from '../../../lib/metric';
import { canUndoFile, describeStanding, totalsRows, totalsTable } from '../model';
import { HashCopy } from './HashCopy';

/** The files of an import and the control totals the ledger is checked against. */
export function ImportDetail({ info, onUndoFile }: { info: ImportInfo; onUndoFile: (file: ImportedFile) => void }) {
  const readOnly = useReadOnly();
  const nameOf = fileNames(info.files.map(({ file }) => file));
  const replaces = info.replaces.filter((id) => id !== info.importId);
  const each = info.files.some((file) => canUndoFile(info, file));
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'repeat(auto-fit, minmax(min(560px, 100%), 1fr))', alignItems: 'start' }}>
      <Box component="section" sx={{ minWidth: 0 }}>
        {info.state !== 'undone' &&
          describeStanding(info).map((sentence) => (
            <Typography key={sentence} variant="body2" sx={{ color: 'text.secondary', mb: 1, pl: 1 }}>
              {sentence}
            </Typography>
          ))}
        <Typography component="h2" variant="h3" sx={{ color: 'text.secondary', mb: 0.5, pl: 1 }}>
          Files
        </Typography>
        <Table size="small" aria-label={`Files of import ${info.importId}`}>
          <TableHead>
            <TableRow>
              <TableCell>File</TableCell>
              <TableCell className="folds2">SHA-256</TableCell>
              <TableCell align="right">Size</TableCell>
              <TableCell align="right">Lines</TableCell>
              <TableCell align="right">Skipped lines</TableCell>
              {each && <TableCell align="right">Actions</TableCell>}
            </TableRow>
          </TableHead>
          <TableBody>
            {info.files.map((file) => (
              <TableRow key={file.file} sx={{ verticalAlign: 'top' }}>
                <TableCell title={file.file} className="wraps">
                  <bdi>{nameOf(file.file)}</bdi>
                  {file.warnings.map((warning) => (
                    <Typography key={warning} variant="body2" sx={{ color: 'tone.warm' }}>
                      {warning}
                    </Typography>
                  ))}
                </TableCell>
                <TableCell className="folds2">
                  <HashCopy sha256={file.sha256} />
                </TableCell>
                <TableCell align="right">{formatBytes(file.bytes)}</TableCell>
                <TableCell align="right">{formatCount(file.lines)}</TableCell>
                <TableCell align="right">{formatCount(file.rejects)}</TableCell>
                {each && (
                  <TableCell align="right">
                    {file.undone && <Pill tone="plain">Undone</Pill>}
                    {canUndoFile(info, file) && (
                      <Button aria-label={`Undo ${nameOf(file.file)} of import ${info.importId}`} disabled={readOnly} onClick={() => onUndoFile(file)} sx={{ my: '-4px' }}>
                        Undo
                      </Button>
                    )}
                  </TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {replaces.length > 0 && (
          <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1, pl: 1 }}>
            Replaced lines of {replaces.length === 1 ? 'import' : 'imports'} {replaces.join(', ')}.
          </Typography>
        )}
        {info.state !== 'undone' && (
          <Typography variant="body2" sx={{ mt: 1, pl: 1 }}>
            <Link component={RouterLink} to={`/bills?import=${info.importId}`}>
              Show the bills
            </Link>
          </Typography>
        )}
      </Box>
      <Box component="section" sx={{ minWidth: 0 }}>
        <Box sx={{ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', mb: 0.5 }}>
          <Typography component="h2" variant="h3" sx={{ color: 'text.secondary', pl: 1 }}>
            Control totals
          </Typography>
          <ExportTable of={`control totals of import ${info.importId}`} disabled={info.totals.length === 0} table={() => totalsTable(info)} />
        </Box>
        <Table size="small" aria-label={`Control totals of import ${info.importId}`}>
          <TableHead>
            <TableRow>
              <TableCell>Month</TableCell>
              <TableCell>Currency</TableCell>
              {metricNames.map((name) => (
                <TableCell key={name} className={name === 'ListCost' || name === 'ContractedCost' ? 'folds3' : undefined} align="right">
                  {metricLabels[name]}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {totalsRows(info.totals).map((row) => (
              <TableRow key={`${row.month} ${row.currency}`}>
                <TableCell>{formatMonth(row.month)}</TableCell>
                <TableCell>{row.currency === '' ? 'No currency' : row.currency}</TableCell>
                {metricNames.map((name) => (
                  <TableCell key={name} className={name === 'ListCost' || name === 'ContractedCost' ? 'folds3' : undefined} align="right">
                    <Money amount={row.amounts[name] ?? null} currency={row.currency} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Box>
  );
}
