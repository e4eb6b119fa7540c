import { useBillingAccountNames } from '../../../parts/accountNames';
import { describeNamedAccount } from '../../../lib/accountNames';
import { formatMonth } from '../../../lib/days';
import type { InvoiceKey, ReconciledInvoice } from '../../../lib/wire';
import { knownValues } from '../model';
import { ChoiceField } from './ChoiceField';
import { FigureField } from './FigureField';

type KeyFieldsProps = {
  value: InvoiceKey;
  /** All invoices of the workspace, for the lists. */
  known: ReconciledInvoice[];
  onChange: (key: InvoiceKey) => void;
};

/** The fields that say which invoice it is. */
export function KeyFields({ value, known, onChange }: KeyFieldsProps) {
  const nameOf = useBillingAccountNames();
  const field = (name: keyof InvoiceKey, label: string, hint: string, labelOf: (value: string) => string) => (
    <ChoiceField label={label} hint={hint} value={value[name]} values={knownValues(known, name, value)} labelOf={labelOf} onChange={(text) => onChange({ ...value, [name]: text })} />
  );
  return (
    <>
      {field('provider', 'Provider', '', (provider) => provider)}
      {field('account', 'Account', 'The billing account id', (account) => describeNamedAccount(account, nameOf(account)))}
      {field('month', 'Month', 'YYYY-MM', (month) => `${month} (${formatMonth(month)})`)}
      <FigureField label="Invoice" hint="Empty for the whole bill of the month" value={value.invoice} error="" onChange={(invoice) => onChange({ ...value, invoice })} />
      {field('currency', 'Currency', '', (currency) => currency)}
    </>
  );
}
