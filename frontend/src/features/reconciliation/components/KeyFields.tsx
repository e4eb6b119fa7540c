import { useBillingAccountNames } from '../../../parts/accountNames';
import { describeNamedAccount } from '../../../lib/accountNames';
import { formatMonth } from '../../../lib/days';
import type { ReconcileInvoiceKey, ReconcileInvoiceDocument } from '../../../lib/wire';
import { knownValues } from '../model';
import { ChoiceField } from './ChoiceField';
import { FigureField } from './FigureField';

type KeyFieldsProps = {
  value: ReconcileInvoiceKey;
  /** All invoices of the workspace, for the lists. */
  known: ReconcileInvoiceDocument[];
  onChange: (key: ReconcileInvoiceKey) => void;
};

/** The fields that say which invoice it is. */
export function KeyFields({ value, known, onChange }: KeyFieldsProps) {
  const nameOf = useBillingAccountNames();
  const set = (name: keyof ReconcileInvoiceKey) => (text: string) => onChange({ ...value, [name]: text });
  const field = (name: keyof ReconcileInvoiceKey, label: string, hint: string, labelOf: (value: string) => string) => (
    <ChoiceField label={label} hint={hint} value={value[name]} values={knownValues(known, name, value)} labelOf={labelOf} onChange={set(name)} />
  );
  return (
    <>
      {field('provider', 'Provider', '', (provider) => provider)}
      {field('billingAccount', 'Account', 'The billing account id', (account) => describeNamedAccount(account, nameOf(account)))}
      {/* A month is written in words, which the Go side reads. */}
      <ChoiceField label="Month" hint="Such as Nov 2026" value={formatMonth(value.month)} values={knownValues(known, 'month', value).map((month) => formatMonth(month))} labelOf={(month) => month} onChange={set('month')} />
      <FigureField label="Invoice" hint="Empty for the whole bill of the month" value={value.invoiceId} error="" onChange={(invoiceId) => onChange({ ...value, invoiceId })} />
      {field('currency', 'Currency', '', (currency) => currency)}
    </>
  );
}
