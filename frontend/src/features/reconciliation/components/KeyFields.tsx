import type { InvoiceKey } from '../../../lib/wire';
import { FigureField } from './FigureField';

const fields = [
  { name: 'provider', label: 'Provider', hint: '' },
  { name: 'account', label: 'Account', hint: 'The billing account id' },
  { name: 'month', label: 'Month', hint: 'YYYY-MM' },
  { name: 'invoice', label: 'Invoice', hint: 'Empty for the whole bill of the month' },
  { name: 'currency', label: 'Currency', hint: '' },
] as const;

/** The fields that say which invoice it is. */
export function KeyFields({ value, onChange }: { value: InvoiceKey; onChange: (key: InvoiceKey) => void }) {
  return (
    <>
      {fields.map(({ name, label, hint }) => (
        <FigureField key={name} label={label} hint={hint} value={value[name]} error="" onChange={(text) => onChange({ ...value, [name]: text })} />
      ))}
    </>
  );
}
