import { useCurrentWorkspace } from '../../../bridge/queries';
import { formatInstant, formatMonth } from '../../../lib/days';
import { formatCount, formatMoney, fullMoney } from '../../../lib/money';
import type { InvoiceBridge } from '../../../lib/wire';
import { stepsInside, stepsOutside, describeBeside, describeStatus } from '../model';
import { SheetRow } from './SheetRow';

/** One bridge on paper. */
export function InvoiceSheet({ bridge }: { bridge: InvoiceBridge }) {
  const workspace = useCurrentWorkspace();
  const { invoice, differences, reasons, beside } = bridge;
  const { key, figure } = invoice;
  const outside = stepsOutside(bridge);
  return (
    <>
      <p>
        {[workspace.data?.name, key.provider, invoice.accountName, key.account].filter(Boolean).join(' · ')}
      </p>
      <p>
        {formatMonth(key.month, { full: true })}
        {key.invoice !== '' && `, invoice ${key.invoice}`}, {key.currency}: <strong>{describeStatus(invoice)}</strong>
      </p>
      <table>
        <thead>
          <tr>
            <th>Step</th>
            <th className="number">Lines</th>
            <th className="number">Amount</th>
            <th className="number">Every digit</th>
          </tr>
        </thead>
        <tbody>
          {stepsInside(bridge).map(({ kind, title, lines, amount }) => (
            <SheetRow key={kind} title={title} lines={lines} amount={amount} currency={key.currency} />
          ))}
          <SheetRow title="Ledger, billed cost" lines={invoice.lines} amount={invoice.ledger} currency={key.currency} look="total" />
          {differences.map(({ kind, title, amount, printed, inLedger }) => (
            <SheetRow
              key={kind}
              title={printed !== null && inLedger !== null && kind !== 'other' ? `${title} (invoice ${formatMoney(printed, key.currency)}, ledger ${formatMoney(inLedger, key.currency)})` : title}
              amount={amount}
              currency={key.currency}
              look={kind === 'rest' ? 'rest' : undefined}
            />
          ))}
          {figure && <SheetRow title="Invoice" amount={figure.total} currency={key.currency} look="total" />}
        </tbody>
      </table>
      {(outside.length > 0 || beside.length > 0) && <h2>Not part of this invoice</h2>}
      {outside.map(({ kind, title, lines, amount }) => (
        <p key={kind}>
          {title}: {fullMoney(amount, key.currency)} in {formatCount(lines)} lines of the same bill
        </p>
      ))}
      {beside.map((one) => (
        <p key={`${one.provider} ${one.currency}`}>
          {describeBeside(one, key)}: {fullMoney(one.amount, one.currency)} in {formatCount(one.lines)} lines
        </p>
      ))}
      {figure && reasons.length > 0 && (
        <>
          <h2>What the ledger tells about the rest</h2>
          <ul>
            {reasons.map(({ code, text }) => (
              <li key={code + text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {figure && (
        <p className="quiet">
          Figure entered {figure.user !== '' && `by ${figure.user}, `}
          {formatInstant(figure.enteredAt)}. {figure.note}
        </p>
      )}
    </>
  );
}
