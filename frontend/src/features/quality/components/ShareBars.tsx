import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { fullMoney } from '../../../lib/money';
import { formatPart, shareMark } from '../../../lib/percent';
import type { PassportShareDocument, PassportSeverity } from '../../../lib/wire';
import { shareLabel } from '../model';
import { SideScroll } from './SideScroll';

const inks: Record<PassportSeverity, string> = { problem: 'tone.warm', gap: 'tone.amber', info: 'tone.hatch', good: 'tone.cool' };

function Cell({ part, whole, title }: { part: string; whole: string; title: string }) {
  return (
    <TableCell align="right" title={title}>
      {formatPart(part, whole)}
    </TableCell>
  );
}

/** What share of the lines and of the cost has what. */
export function ShareBars({ shares, name }: { shares: PassportShareDocument[]; name: string }) {
  const currency = shares[0]?.currency ?? '';
  const money = (part: string, whole: string) => `${fullMoney(part, currency)} of ${fullMoney(whole, currency)}, credits counted without their sign`;
  return (
    <SideScroll label={`Field coverage of ${name}`}>
      <Table size="small" aria-label={`Shares of ${name}`} sx={{ '& td, & th': { py: '3.5px' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell>Field</TableCell>
            <TableCell title="The share that is rated: of the cost of usage where only usage can have the field, else of all cost">Coverage</TableCell>
            <TableCell align="right">Lines</TableCell>
            <TableCell align="right">Cost</TableCell>
            <TableCell align="right">Usage cost</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shares.map((share) => (
            <TableRow key={share.code}>
              <TableCell title={share.column}>{shareLabel(share)}</TableCell>
              <TableCell sx={{ width: '34%' }} title={`${formatPart(share.value, '1')} ${share.base}`}>
                <Box aria-hidden sx={{ height: 6, borderRadius: 3, bgcolor: 'tone.line2', overflow: 'hidden' }}>
                  <Box sx={{ height: '100%', borderRadius: 3, bgcolor: inks[share.severity ?? 'info'] }} style={{ width: `${shareMark(share.value, '1') * 100}%` }} />
                </Box>
              </TableCell>
              <Cell part={String(share.lines)} whole={String(share.ofLines)} title={`${share.lines} of ${share.ofLines} lines`} />
              <Cell part={share.cost} whole={share.ofCost} title={money(share.cost, share.ofCost)} />
              <Cell part={share.usageCost} whole={share.ofUsageCost} title={money(share.usageCost, share.ofUsageCost)} />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </SideScroll>
  );
}
