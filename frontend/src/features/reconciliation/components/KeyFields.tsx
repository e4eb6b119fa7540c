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
  const field = (name: keyof ReconcileInvoiceKey, label: string, hint: string, labelOf: (value: string) => string) => (
    <ChoiceField label={label} hint={hint} value={value[name]} values={knownValues(known, name, value)} labelOf={labelOf} onChange={(text) => onChange({ ...value, [name]: text })} />
  );
  return (
    <>
      {field('provider', 'Provider', '', (provider) => provider)}
      {field('billingAccount', 'Account', 'The billing account id', (account) => describeNamedAccount(account, nameOf(account)))}
      {field('month', 'Month', 'YYYY-MM', (month) => `${month} (${formatMonth(month)})`)}
      <FigureField label="Invoice" hint="Empty for the whole bill of the month" value={value.invoiceId} error="" onChange={(invoiceId) => onChange({ ...value, invoiceId })} />
      {field('currency', 'Currency', '', (currency) => currency)}
    </>
  );
}
