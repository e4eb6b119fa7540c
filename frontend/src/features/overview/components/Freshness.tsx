import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';

import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { LedgerState } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { dataLine, freshnessTable, spansText, statusOf } from '../model';
import { Hatched } from '../../../ui/Hatched';

/** In one line how far the data reaches and whether anything is missing; each provider on demand. */
export function Freshness({ state }: { state: LedgerState }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { providers } = state;
  const incomplete = providers.some(({ lateDays, missingDays }) => lateDays > 0 || missingDays.length > 0);
  return (
    <>
      <Button
        variant="text"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        title="Show each provider"
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDownIcon sx={{ ml: -0.75 }} />}
        sx={{ fontSize: '0.75rem', fontWeight: 450, mx: -0.875, textAlign: 'left' }}
      >
        <span>
          {incomplete && <Hatched />}
          {dataLine(providers, state.newestDay)}
        </span>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Data by provider', tabIndex: -1, sx: { width: 640, maxWidth: 'calc(100% - 32px)', overflowX: 'auto' } } }}
      >
        <Box sx={{ px: 2, py: 1 }}>
          <Table size="small" aria-label="Data by provider" sx={{ '& th, & td': { whiteSpace: 'normal', verticalAlign: 'top' }, '& tr:last-of-type td': { borderBottom: 0 } }}>
            <TableHead>
              <TableRow>
                <TableCell>Provider</TableCell>
                <TableCell>Charges through</TableCell>
                <TableCell>Status</TableCell>
                <TableCell>Earlier days without charges</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {providers.map((provider) => (
                <TableRow key={provider.provider}>
                  <TableCell>{provider.provider || 'No provider named'}</TableCell>
                  <TableCell sx={{ '&&': { whiteSpace: 'nowrap' } }}>{formatDay(provider.lastDay)}</TableCell>
                  <TableCell>{statusOf(provider)}</TableCell>
                  <TableCell sx={{ color: 'text.secondary' }}>
                    {provider.missingDays.length === 0 ? 'None' : `${formatCounted(provider.missingDays.length, 'day')}: ${spansText(provider.missingDays)}`}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
          <ExportTable of="data by provider" table={() => freshnessTable(providers)} />
        </Box>
      </Popover>
    </>
  );
}
