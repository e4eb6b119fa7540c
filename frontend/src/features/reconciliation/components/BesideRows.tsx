import type { ReconcileBesideDocument, ReconcileInvoiceKey } from '../../../lib/wire';
import { describeBeside } from '../model';
import { BridgeRow } from './BridgeRow';
import { SectionRow } from './SectionRow';

/** Cost that may matter and is not included. */
export function BesideRows({ beside, invoiceKey }: { beside: ReconcileBesideDocument[]; invoiceKey: ReconcileInvoiceKey }) {
  if (beside.length === 0) return null;
  return (
    <>
      <SectionRow>Related, not included</SectionRow>
      {beside.map((one) => (
        <BridgeRow key={`${one.provider} ${one.currency}`} title={describeBeside(one, invoiceKey)} lines={one.lines} amount={one.amount} currency={one.currency} part={one} named />
      ))}
    </>
  );
}
