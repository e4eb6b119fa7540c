import { useCurrentWorkspace } from '../../../bridge/queries';
import { describeNamedAccount } from '../../../lib/accountNames';
import { formatMonth } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import type { ReconciledInvoice } from '../../../lib/wire';
import { encodeKey, describeInvoice, describeStatus } from '../model';

/** The list on paper. */
export function ListSheet({ invoices }: { invoices: ReconciledInvoice[] }) {
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
            <th>Status</th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((one) => (
            <tr key={encodeKey(one.key)}>
              <td className="short">{formatMonth(one.key.month)}</td>
              <td>{one.key.provider}</td>
              <td>{describeNamedAccount(one.key.account, one.accountName)}</td>
              <td className="short">{describeInvoice(one.key)}</td>
              <td>{one.key.currency}</td>
              <td className="number">{formatMoney(one.ledger, one.key.currency)}</td>
              <td className="number">{one.figure ? formatMoney(one.figure.total, one.key.currency) : '–'}</td>
              <td className="number">{one.difference === null ? '–' : formatMoney(one.difference, one.key.currency, { signed: true })}</td>
              <td className="short">{describeStatus(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
