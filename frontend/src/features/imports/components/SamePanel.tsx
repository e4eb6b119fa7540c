import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment } from 'react';
import { Link as RouterLink } from 'react-router';

import { useBillingAccountNames } from '../../../bridge/accountNames';
import { type BillVoice, type SameBill } from '../../../bridge/ports/bills';
import { billKey, tellAccount, tellProvider } from '../../../lib/bill';
import { formatDay, formatMonth } from '../../../lib/days';
import { formatExport } from '../../../lib/fileFormat';
import { tellFiles } from '../../../lib/fileName';
import { formatCount } from '../../../lib/money';
import { Amounts } from '../../../ui/bills/Amounts';
import { Card } from '../../../ui/Card';
import { Pill } from '../../../ui/Pill';

function VoiceCells({ voice, speaks }: { voice: BillVoice; speaks: boolean }) {
  return (
    <>
      <TableCell>
        <Pill tone={speaks ? 'good' : 'plain'}>{speaks ? 'Speaks' : 'Stands by'}</Pill>
      </TableCell>
      <TableCell>{formatExport(voice.export, voice.part)}</TableCell>
      <TableCell title={voice.files.join('\n')} sx={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>
        <bdi>{tellFiles(voice.files)}</bdi>
      </TableCell>
      <TableCell align="right">{formatCount(voice.lines)}</TableCell>
      <TableCell align="right">{formatDay(voice.lastDay)}</TableCell>
      <TableCell align="right">
        <Amounts totals={voice.totals} metric="BilledCost" />
      </TableCell>
      <TableCell align="right">
        <Amounts totals={voice.totals} metric="EffectiveCost" />
      </TableCell>
    </>
  );
}

/** Bills that are held from two exports or in two views: which one counts, and which one stands by. */
export function SamePanel({ same }: { same: SameBill[] }) {
  const nameOf = useBillingAccountNames();
  return (
    <Card
      title="Held twice, counts once"
      sub="One export speaks for each of these bills; the other stands by and is in no figure"
      actions={
        <Link component={RouterLink} to="/bills" sx={{ fontSize: '0.8125rem', fontWeight: 500 }}>
          Show the bills
        </Link>
      }
    >
      <Box sx={{ overflowX: 'auto', mt: 0.5 }} tabIndex={0} role="region" aria-label="Bills that are held twice">
        <Table size="small" aria-label="Bills that are held twice">
          <TableHead>
            <TableRow>
              <TableCell>Bill</TableCell>
              <TableCell>State</TableCell>
              <TableCell>Export</TableCell>
              <TableCell>Files</TableCell>
              <TableCell align="right">Lines</TableCell>
              <TableCell align="right">To</TableCell>
              <TableCell align="right">Billed</TableCell>
              <TableCell align="right">Effective</TableCell>
            </TableRow>
          </TableHead>
          <TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
            {same.map((one, index) => (
              <Fragment key={`${billKey(one.bill)} ${one.standsBy.export} ${one.standsBy.part}`}>
                <TableRow sx={{ '& > td': { borderBottom: 0 } }}>
                  <TableCell component="th" scope="rowgroup" rowSpan={2} sx={{ verticalAlign: 'top', fontWeight: 570, whiteSpace: 'normal', overflowWrap: 'anywhere', minWidth: 160, borderBottom: index === same.length - 1 ? 0 : undefined }}>
                    <bdi>{tellProvider(one.bill.provider)}</bdi>, {formatMonth(one.bill.month)}
                    <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem', fontWeight: 400 }}>
                      {[nameOf(one.bill.account), tellAccount(one.bill.account)].filter(Boolean).join(' · ')}
                    </Box>
                  </TableCell>
                  <VoiceCells voice={one.speaks} speaks />
                </TableRow>
                <TableRow sx={{ '& > td': { color: 'text.secondary' } }}>
                  <VoiceCells voice={one.standsBy} speaks={false} />
                </TableRow>
              </Fragment>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Card>
  );
}
