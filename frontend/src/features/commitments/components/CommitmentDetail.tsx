import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { formatMonth, formatRange } from '../../../lib/days';
import type { CommitmentInfo, CommitmentUse } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Money } from '../../../ui/Money';
import { useLedgerView, writeFilter } from '../../../ui/view/ledgerView';
import { describeExpiry, describeSharing, describeTerms, formatPart, gapsOf } from '../model';
import { Facts } from '../../../ui/Facts';
import { usesTable } from '../tables';

function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ mt: 2.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', mb: 0.5 }}>
        <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600 }}>
          {title}
        </Typography>
        {actions}
      </Box>
      {children}
    </Box>
  );
}

function Months({ months, currency }: { months: CommitmentUse[]; currency: string }) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label="Months of the commitment">
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Month</TableCell>
            {['Utilisation', `Used, ${currency}`, `Unused, ${currency}`, `Usage at list prices, ${currency}`].map((name) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {months.map(({ month, utilisation, used, unused, coveredList: onList }) => (
            <TableRow key={month}>
              <TableCell component="th" scope="row" sx={{ pl: 0 }}>
                {formatMonth(month)}
              </TableCell>
              <TableCell align="right">{formatPart(utilisation)}</TableCell>
              {[used, unused, onList].map((amount, at) => (
                <TableCell key={at} align="right">
                  <Money amount={amount} currency={currency} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** What was bought, how it is used, what the bill does not say, its months and the way to its charge lines. */
export function CommitmentDetail({ one, months }: { one: CommitmentInfo; months: CommitmentUse[] }) {
  const { currency } = one;
  const { facts } = useLedgerView();
  const search = new URLSearchParams({ from: facts.firstDay, to: facts.lastDay, currency });
  writeFilter(search, one.where);
  const expiry = describeExpiry(one);
  const sharing = describeSharing(one);
  const gaps = gapsOf(one);
  const money = (amount: string | null, digits?: number) => (amount === null ? '–' : <Money amount={amount} currency={currency} digits={digits} />);
  return (
    <>
      <Typography sx={{ overflowWrap: 'anywhere' }}>{one.id}</Typography>
      <Typography sx={{ color: 'text.secondary' }}>{[one.type, one.provider, one.billingAccount].filter(Boolean).join(' · ')}</Typography>
      <Button component={Link} to={{ pathname: '/charges', search: `?${search.toString()}` }} variant="outlined" sx={{ mt: 1.5 }}>
        Show charge lines
      </Button>
      <Section title="What was bought">
        <Facts
          facts={[
            ['Term and payment', describeTerms(one.termMonths, one.payment)],
            ['Ends', `${expiry.text}. ${expiry.why}.`],
            ['Charges', formatRange(one.firstDay, one.lastDay)],
            [`Cost an hour, ${currency}`, money(one.hourlyCost, 4)],
          ]}
        />
      </Section>
      <Section title={one.from === '' ? 'Use' : `Use, ${formatRange(one.from, one.to)}, amounts a month`}>
        <Facts
          facts={[
            ['Utilisation', formatPart(one.utilisation)],
            ['Break-even utilisation', formatPart(one.breakEvenUtilisation)],
            [`Used, ${currency}`, money(one.monthlyUsed)],
            [`Unused, ${currency}`, money(one.monthlyUnused)],
            [`Its usage at on-demand prices, ${currency}`, money(one.monthlyOnDemand)],
            [`Net saving, ${currency}`, money(one.monthlyNetSaving)],
            [`Cost of lapse, ${currency}`, money(one.monthlyCostOfLapse)],
          ]}
        />
      </Section>
      {sharing !== null && (
        <Section title="Sharing">
          <Typography>{sharing}</Typography>
        </Section>
      )}
      {gaps.length > 0 && (
        <Section title="What the bill does not say">
          {gaps.map((gap) => (
            <Typography key={gap}>{gap}</Typography>
          ))}
        </Section>
      )}
      {months.length > 0 && (
        <Section title="Months" actions={<ExportTable of="months of the commitment" table={() => usesTable(months)} />}>
          <Months months={months} currency={currency} />
        </Section>
      )}
    </>
  );
}
