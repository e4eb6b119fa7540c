import { useCurrentWorkspace } from '../../../bridge/queries';
import { formatInstant, formatMonth } from '../../../lib/days';
import { formatCount, formatMoney, fullMoney } from '../../../lib/money';
import type { ReconcileBridgeDocument } from '../../../lib/wire';
import { stepsInside, stepsOutside, describeBeside, describeStatus } from '../model';
import { SheetRow } from './SheetRow';

/** One bridge on paper. */
export function InvoiceSheet({ bridge }: { bridge: ReconcileBridgeDocument }) {
  const workspace = useCurrentWorkspace();
  const { figure, differences, reasons, beside } = bridge;
  const outside = stepsOutside(bridge);
  return (
    <>
      <p>
        {[workspace.data?.name, bridge.provider, bridge.billingAccountName, bridge.billingAccount].filter(Boolean).join(' · ')}
      </p>
      <p>
        {formatMonth(bridge.month, { full: true })}
        {bridge.invoiceId !== '' && `, invoice ${bridge.invoiceId}`}, {bridge.currency}: <strong>{describeStatus(bridge)}</strong>
      </p>
      <table>
        <thead>
          <tr>
            <th>Step</th>
            <th className="number">Lines</th>
            <th className="number">Amount</th>
            <th className="number">Unrounded</th>
          </tr>
        </thead>
        <tbody>
          {stepsInside(bridge).map(({ kind, title, lines, amount }) => (
            <SheetRow key={kind} title={title} lines={lines} amount={amount} currency={bridge.currency} />
          ))}
          <SheetRow title="Ledger, billed cost" lines={bridge.lines} amount={bridge.ledger} currency={bridge.currency} look="total" />
          {differences.map(({ kind, title, amount, printed, inLedger }) => (
            <SheetRow
              key={kind}
              title={printed !== null && inLedger !== null && kind !== 'other' ? `${title} (invoice ${formatMoney(printed, bridge.currency)}, ledger ${formatMoney(inLedger, bridge.currency)})` : title}
              amount={amount}
              currency={bridge.currency}
              look={kind === 'rest' ? 'rest' : undefined}
            />
          ))}
          {figure && <SheetRow title="Invoice" amount={figure.total} currency={bridge.currency} look="total" />}
        </tbody>
      </table>
      {(outside.length > 0 || beside.length > 0) && <h2>Not included</h2>}
      {outside.map(({ kind, title, lines, amount }) => (
        <p key={kind}>
          {title}: {fullMoney(amount, bridge.currency)} in {formatCount(lines)} lines of the same bill
        </p>
      ))}
      {beside.map((one) => (
        <p key={`${one.provider} ${one.currency}`}>
          {describeBeside(one, bridge)}: {fullMoney(one.amount, one.currency)} in {formatCount(one.lines)} lines
        </p>
      ))}
      {figure && reasons.length > 0 && (
        <>
          <h2>Possible causes</h2>
          <ul>
            {reasons.map(({ code, text }) => (
              <li key={code + text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {figure && (
        <p className="quiet">
          Invoice amount entered {figure.user !== '' && `by ${figure.user}, `}
          {formatInstant(figure.enteredAt)}. {figure.note}
        </p>
      )}
    </>
  );
}
