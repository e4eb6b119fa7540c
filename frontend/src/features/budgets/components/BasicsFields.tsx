import Box from '@mui/material/Box';
import { useFormContext, useWatch } from 'react-hook-form';

import { metricLabels, metricNames } from '../../../lib/metric';
import { monthNames } from '../../../lib/days';
import { useLedgerView } from '../../../ui/view/ledgerView';
import type { BudgetValues } from '../form';
import { FormChoice } from './FormChoice';
import { FormSwitch } from './FormSwitch';
import { FormText } from './FormText';

/** Name, metric, currency, fiscal calendar, roll-over and the budget that it is a part of. */
export function BasicsFields({ known, parents }: { known: boolean; parents: string[] }) {
  const { facts } = useLedgerView();
  const { control } = useFormContext<BudgetValues>();
  const [currency, parent] = useWatch({ control, name: ['currency', 'parent'] });
  const codes = [...new Set([...facts.currencies.map(({ code }) => code).filter((code) => /^[A-Z]{3}$/.test(code)), currency])].sort();
  const wholes = [...new Set([...parents, ...(parent === '' ? [] : [parent])])];
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' }, pt: 1 }}>
      <Box sx={{ gridColumn: '1 / -1' }}>
        <FormText name="name" label="Name" autoFocus={!known} helper={known ? 'Another name keeps versions, alerts and parts' : undefined} />
      </Box>
      <FormChoice name="metric" label="Cost metric" choices={metricNames.map((value) => ({ value, label: `${metricLabels[value]} cost` }))} />
      <FormChoice name="currency" label="Currency" choices={codes.map((code) => ({ value: code, label: code }))} helper="Charges in other currencies do not count" />
      <FormChoice name="firstMonth" label="Fiscal year starts in" choices={monthNames.map((label, at) => ({ value: at + 1, label }))} />
      <FormChoice name="parent" label="Part of" choices={[{ value: '', label: 'No other budget' }, ...wholes.map((name) => ({ value: name, label: name }))]} />
      <FormSwitch name="weeks" label="Fiscal periods of 4, 4 and 5 weeks" />
      <FormSwitch name="rollOver" label="Roll over what is left into the next period of the fiscal year" />
    </Box>
  );
}
