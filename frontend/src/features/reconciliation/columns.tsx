import MuiLink from '@mui/material/Link';
import Box from '@mui/material/Box';
import { Link } from 'react-router';

import { describeNamedAccount } from '../../lib/accountNames';
import { describeProvider } from '../../lib/bill';
import { formatMonth } from '../../lib/days';
import { formatMoney, fullMoney } from '../../lib/money';
import type { ReconcileInvoiceDocument } from '../../lib/wire';
import { AccountLabel } from '../../ui/AccountLabel';
import { type Column } from '../../ui/DataTable/model';
import { Pill } from '../../ui/Pill';
import { AmountCell } from './components/AmountCell';
import { ProviderCell } from './components/ProviderCell';
import { statuses, describeInvoice, describeStatus } from './model';

/** How much room there is for words: `small` is a window at 200 % zoom. */
export type Room = 'wide' | 'narrow' | 'small';

/** The columns of the list; `addressOf` leads to one invoice. The currency is in the headers where there is only one, and beside the ledger where the room is `small`; the billing account is below the provider where the room is not `wide`. */
export function invoiceColumns(invoices: ReconcileInvoiceDocument[], addressOf: (row: ReconcileInvoiceDocument) => string, room: Room = 'wide'): Column<ReconcileInvoiceDocument>[] {
  const [currency, ...others] = new Set(invoices.map((invoice) => invoice.currency));
  const one = others.length === 0 && currency !== undefined && currency !== '';
  const [wide, small] = [room === 'wide', room === 'small'];
  const statusText = ({ status, statusTitle }: ReconcileInvoiceDocument) => (small ? statuses[status].shortest : undefined) ?? (wide ? undefined : statuses[status].short) ?? statusTitle;
  const invoiceText = (row: ReconcileInvoiceDocument) => (!wide && row.invoiceId === '' ? 'No number yet' : describeInvoice(row));
  const unit = one ? `, ${currency}` : '';
  const money = (id: string, header: string, description: string, amountOf: (row: ReconcileInvoiceDocument) => string | null): Column<ReconcileInvoiceDocument> => ({
    id,
    header: header + unit,
    description,
    kind: 'number',
    width: 108,
    value: amountOf,
    display: (row) => formatMoney(amountOf(row), row.currency, { signed: id !== 'ledger' && id !== 'total' }),
    title: (row) => fullMoney(amountOf(row), row.currency),
  });
  return [
    { id: 'month', header: 'Month', kind: 'text', whole: true, value: ({ month }) => month, display: ({ month }) => formatMonth(month) },
    {
      id: 'provider',
      header: 'Provider',
      kind: 'text',
      width: room === 'narrow' ? 150 : 122,
      least: small ? 100 : 122,
      value: ({ provider }) => describeProvider(provider),
      ...(!wide && { title: (row: ReconcileInvoiceDocument) => [describeProvider(row.provider), describeNamedAccount(row.billingAccount, row.billingAccountName)].filter(Boolean).join(', '), render: (row: ReconcileInvoiceDocument) => <ProviderCell invoice={row} /> }),
    },
    ...(wide ? [{ id: 'account', header: 'Billing account', kind: 'text' as const, secondary: 4, width: 132, value: (row: ReconcileInvoiceDocument) => row.billingAccountName || row.billingAccount || null, title: (row: ReconcileInvoiceDocument) => describeNamedAccount(row.billingAccount, row.billingAccountName), render: (row: ReconcileInvoiceDocument) => <AccountLabel account={row.billingAccount} name={row.billingAccountName} /> }] : []),
    {
      id: 'invoice',
      secondary: 1,
      header: 'Invoice',
      kind: 'text',
      width: 124,
      value: ({ invoiceId }) => invoiceId,
      display: invoiceText,
      title: ({ invoiceId }) => (invoiceId === '' ? 'The charges have no invoice number: the whole bill of the month' : invoiceId),
      render: (row) => (
        <MuiLink component={Link} to={addressOf(row)} tabIndex={-1} underline="hover">
          <bdi>{invoiceText(row)}</bdi>
        </MuiLink>
      ),
    },
    ...(one || small ? [] : [{ id: 'currency', header: 'Currency', kind: 'text' as const, whole: true, value: ({ currency: code }: ReconcileInvoiceDocument) => code || null }]),
    { ...money('ledger', 'Ledger', 'Billed cost of the charges of the invoice', ({ ledger }) => ledger), ...(small && !one && { display: ({ ledger, currency: code }) => [formatMoney(ledger, code), code].filter(Boolean).join(' ') }) },
    { ...money('total', 'Invoice total', 'The amount to pay', ({ figure }) => figure?.total ?? null), width: small ? 104 : 112, editable: true, render: (row) => <AmountCell invoice={row} /> },
    { ...money('difference', 'Difference', 'The invoice total less the ledger', ({ difference }) => difference), secondary: 5 },
    { ...money('rest', 'Unexplained', 'What remains of the difference after tax, credits, marketplace, other and rounding', ({ rest }) => rest), secondary: 2 },
    {
      id: 'status',
      header: 'Status',
      kind: 'text',
      whole: true,
      value: ({ statusTitle }) => statusTitle,
      display: statusText,
      title: (row) => `${describeStatus(row)}. ${statuses[row.status].hint}`,
      // Cells are as high as their row; a pill is as high as its word.
      render: (row) => (
        <Box component="span" sx={{ lineHeight: 1.45 }}>
          <Pill tone={statuses[row.status].tone}>{statusText(row)}</Pill>
        </Box>
      ),
    },
  ];
}
