import { useCurrentWorkspace } from '../../../bridge/queries';
import { describeNamedAccount } from '../../../lib/accountNames';
import { formatMonth } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { encodeKey, describeInvoice } from '../model';

/** The list on paper. */
export function ListSheet({ invoices }: { invoices: ReconcileInvoiceDocument[] }) {
  const workspace = useCurrentWorkspace();
  return (
    <>
      <p>{workspace.data?.name}</p>
      <table>
        <thead>
          <tr>
            <th>Month</th>
            <th>Provider</th>
            <th>Billing account</th>
            <th>Invoice</th>
            <th>Currency</th>
            <th className="number">Ledger</th>
            <th className="number">Invoice total</th>
            <th className="number">Difference</th>
            <th className="number">Unexplained</th>
            <th>Status</th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((one) => (
            <tr key={encodeKey(one)}>
              <td className="short">{formatMonth(one.month)}</td>
              <td>{one.provider}</td>
              <td>{describeNamedAccount(one.billingAccount, one.billingAccountName)}</td>
              <td className="short">{describeInvoice(one)}</td>
              <td>{one.currency}</td>
              <td className="number">{formatMoney(one.ledger, one.currency)}</td>
              <td className="number">{one.figure ? formatMoney(one.figure.total, one.currency) : '–'}</td>
              <td className="number">{one.difference === null ? '–' : formatMoney(one.difference, one.currency, { signed: true })}</td>
              <td className="number">{one.rest === null ? '–' : formatMoney(one.rest, one.currency, { signed: true })}</td>
              <td>{one.statusTitle}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
