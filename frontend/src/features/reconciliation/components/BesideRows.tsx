import type { BridgeBeside, InvoiceKey } from '../../../lib/wire';
import { describeBeside } from '../model';
import { BridgeRow } from './BridgeRow';
import { SectionRow } from './SectionRow';

/** Cost that may matter and is never added. */
export function BesideRows({ beside, invoiceKey }: { beside: BridgeBeside[]; invoiceKey: InvoiceKey }) {
  if (beside.length === 0) return null;
  return (
    <>
      <SectionRow>Beside it, never added</SectionRow>
      {beside.map((one) => (
        <BridgeRow key={`${one.provider} ${one.currency}`} title={describeBeside(one, invoiceKey)} lines={one.lines} amount={one.amount} currency={one.currency} part={one} named />
      ))}
    </>
  );
}
