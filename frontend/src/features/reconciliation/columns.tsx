import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import { Link } from 'react-router';

import { describeNamedAccount } from '../../lib/accountNames';
import { formatMonth } from '../../lib/days';
import { formatMoney, fullMoney } from '../../lib/money';
import type { ReconciledInvoice } from '../../lib/wire';
import { AccountLabel } from '../../ui/AccountLabel';
import { type Column } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { statuses, describeInvoice, describeStatus } from './model';

const money = (id: string, header: string, description: string, amountOf: (row: ReconciledInvoice) => string | null): Column<ReconciledInvoice> => ({
  id,
  header,
  description,
  kind: 'number',
  width: id === 'total' ? 104 : 92,
  value: amountOf,
  display: (row) => formatMoney(amountOf(row), row.key.currency, { signed: id === 'difference' }),
  title: (row) => fullMoney(amountOf(row), row.key.currency),
});

/** The columns of the list; `addressOf` leads to one invoice. */
export function invoiceColumns(addressOf: (row: ReconciledInvoice) => string): Column<ReconciledInvoice>[] {
  return [
    { id: 'month', header: 'Month', kind: 'text', width: 82, value: ({ key }) => key.month, display: ({ key }) => formatMonth(key.month) },
    { id: 'provider', header: 'Provider', kind: 'text', width: 128, value: ({ key }) => key.provider },
    { id: 'account', header: 'Billing account', kind: 'text', width: 160, value: ({ key, accountName }) => accountName || key.account, title: ({ key, accountName }) => describeNamedAccount(key.account, accountName), render: ({ key, accountName }) => <AccountLabel account={key.account} name={accountName} /> },
    {
      id: 'invoice',
      header: 'Invoice',
      kind: 'text',
      width: 138,
      value: ({ key }) => key.invoice,
      display: ({ key }) => describeInvoice(key),
      title: ({ key }) => (key.invoice === '' ? 'No line names an invoice, or the figure is of the whole month' : key.invoice),
      render: (row) => (
        <MuiLink component={Link} to={addressOf(row)} tabIndex={-1} underline="hover">
          <bdi>{describeInvoice(row.key)}</bdi>
        </MuiLink>
      ),
    },
    { id: 'currency', header: 'Currency', kind: 'text', width: 76, value: ({ key }) => key.currency || null },
    money('ledger', 'Ledger', 'Billed cost of the lines that the invoice is about', ({ ledger }) => ledger),
    money('total', 'Invoice total', 'The amount to pay, as entered', ({ figure }) => figure?.total ?? null),
    money('difference', 'Difference', 'The invoice less the ledger', ({ difference }) => difference),
    {
      id: 'status',
      header: 'Status',
      kind: 'text',
      width: 112,
      value: ({ status }) => statuses[status].label,
      title: (row) => `${describeStatus(row)}. ${statuses[row.status].hint}`,
      // Cells are as high as their row; a pill is as high as its word.
      render: ({ status }) => (
        <Box component="span" sx={{ lineHeight: 1.45 }}>
          <Pill tone={statuses[status].tone}>{statuses[status].label}</Pill>
        </Box>
      ),
    },
  ];
}
