import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

type FigureTableProps = {
  label: string;
  head: string[];
  rows: { key: string; cells: ReactNode[] }[];
  /** The places of columns whose figures are below the name where there is no room beside it. */
  folded?: number[];
  /** The places of columns that are words, which begin on the left and wrap. */
  words?: number[];
  /** Rows are of many lines: figures stand beside the first. */
  tall?: boolean;
};

const layout = {
  '& th': { whiteSpace: 'normal' },
  '& thead th': { verticalAlign: 'bottom' },
  '& .words': { whiteSpace: 'normal', overflowWrap: 'anywhere', textAlign: 'left', minWidth: 110 },
  '& .below': { display: 'none' },
  '&.tall td, &.tall th[scope=row]': { verticalAlign: 'top' },
  '@container (max-width: 700px)': { '& .folded': { display: 'none' }, '& .below': { display: 'block' }, '& td, & th': { px: 0.75, verticalAlign: 'top' }, '& th:first-of-type': { pl: 0 }, '& th[scope=row]': { minWidth: 130, whiteSpace: 'normal' } },
};

/** A small table: its first column names the row, the others are figures or words. */
export function FigureTable({ label, head, rows, folded = [], words = [], tall = false }: FigureTableProps) {
  const classOf = (at: number) => [folded.includes(at) && 'folded', words.includes(at) && 'words'].filter(Boolean).join(' ') || undefined;
  return (
    <Box sx={{ overflowX: 'auto', containerType: 'inline-size' }} tabIndex={0} role="region" aria-label={label}>
      <Table size="small" aria-label={label} className={tall ? 'tall' : undefined} sx={layout}>
        <TableHead>
          <TableRow>
            {head.map((name, at) => (
              <TableCell key={name} className={classOf(at)} align={at === 0 ? 'left' : 'right'} sx={at === 0 ? { pl: 0 } : undefined}>
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ key, cells }) => (
            <TableRow key={key}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <TableCell key={at} component="th" scope="row" sx={{ pl: 0 }}>
                    {cell}
                    {folded.map((place) =>
                      cells[place] === '–' ? null : (
                        <Box key={place} className="below" sx={{ color: 'text.secondary', fontWeight: 400 }}>
                          {head[place]}: {cells[place]}
                        </Box>
                      ),
                    )}
                  </TableCell>
                ) : (
                  <TableCell key={at} className={classOf(at)} align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                    {cell}
                  </TableCell>
                ),
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
