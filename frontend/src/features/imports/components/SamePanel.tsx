import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment } from 'react';
import { Link as RouterLink } from 'react-router';

import type { IngestBillSource, IngestSameBill } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { billKey, describeAccount, describeProvider } from '../../../lib/bill';
import { formatDay, formatMonth } from '../../../lib/days';
import { formatExport } from '../../../lib/fileFormat';
import { describeFiles } from '../../../lib/fileName';
import { formatCount } from '../../../lib/money';
import { Amounts } from '../../../ui/bills/Amounts';
import { Card } from '../../../ui/Card';
import { Pill } from '../../../ui/Pill';

function SourceCells({ source, counted }: { source: IngestBillSource; counted: boolean }) {
  return (
    <>
      <TableCell>
        <Pill tone={counted ? 'good' : 'plain'}>{counted ? 'Counted' : 'Not counted'}</Pill>
      </TableCell>
      <TableCell>{formatExport(source.export, source.part)}</TableCell>
      <TableCell title={source.files.join('\n')} sx={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>
        <bdi>{describeFiles(source.files)}</bdi>
      </TableCell>
      <TableCell align="right">{formatCount(source.lines)}</TableCell>
      <TableCell align="right">{formatDay(source.lastDay)}</TableCell>
      <TableCell align="right">
        <Amounts totals={source.totals} metric="BilledCost" />
      </TableCell>
      <TableCell align="right">
        <Amounts totals={source.totals} metric="EffectiveCost" />
      </TableCell>
    </>
  );
}

/** Bills that come from two exports or in two views: which one counts, and which one is excluded. `bills` leads to the page of bills, where that can be changed. */
export function SamePanel({ same, bills = false }: { same: IngestSameBill[]; bills?: boolean }) {
  const nameOf = useBillingAccountNames();
  return (
    <Card
      title="No double counting"
      sub="Two exports list these bills. One is used, the other is excluded from totals."
      actions={
        bills && (
          <Link component={RouterLink} to="/bills" sx={{ fontSize: '0.8125rem', fontWeight: 500 }}>
            Show the bills
          </Link>
        )
      }
    >
      <Box sx={{ overflowX: 'auto', mt: 0.5 }} tabIndex={0} role="region" aria-label="Bills with two exports">
        <Table size="small" aria-label="Bills with two exports">
          <TableHead>
            <TableRow>
              <TableCell>Bill</TableCell>
              <TableCell>State</TableCell>
              <TableCell>Export</TableCell>
              <TableCell>Files</TableCell>
              <TableCell align="right">Lines</TableCell>
              <TableCell align="right">Charges through</TableCell>
              <TableCell align="right">Billed</TableCell>
              <TableCell align="right">Effective</TableCell>
            </TableRow>
          </TableHead>
          <TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
            {same.map((one, index) => (
              <Fragment key={`${billKey(one)} ${one.excluded.export} ${one.excluded.part}`}>
                <TableRow sx={{ '& > td': { borderBottom: 0 } }}>
                  <TableCell component="th" scope="rowgroup" rowSpan={2} sx={{ verticalAlign: 'top', fontWeight: 570, whiteSpace: 'normal', overflowWrap: 'anywhere', minWidth: 160, borderBottom: index === same.length - 1 ? 0 : undefined }}>
                    <bdi>{describeProvider(one.provider)}</bdi>, {formatMonth(one.month)}
                    <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem', fontWeight: 400 }}>
                      {[nameOf(one.billingAccount), describeAccount(one.billingAccount)].filter(Boolean).join(' · ')}
                    </Box>
                  </TableCell>
                  <SourceCells source={one.counted} counted />
                </TableRow>
                <TableRow sx={{ '& > td': { color: 'text.secondary' } }}>
                  <SourceCells source={one.excluded} counted={false} />
                </TableRow>
              </Fragment>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Card>
  );
}
