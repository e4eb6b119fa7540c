import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { useLedgerView } from '../../../ui/view/ledgerView';
import { ruleKinds, type RuleValues } from '../rules';
import { FieldChoice } from './FieldChoice';
import { FieldText } from './FieldText';

const Text = FieldText<RuleValues>;
const Choice = FieldChoice<RuleValues>;

/** The fields of an alert rule; one that there is keeps its name and kind. */
export function RuleFields({ fixed, scopes }: { fixed: boolean; scopes: string[] }) {
  const { control } = useFormContext<RuleValues>();
  const { facts } = useLedgerView();
  const [kind, currency, scope] = useWatch({ control, name: ['kind', 'currency', 'scope'] });
  const codes = [...new Set([...facts.currencies.map(({ code }) => code).filter((code) => /^[A-Z]{3}$/.test(code)), currency])].sort();
  const known = [...new Set([...scopes, ...(scope === '' ? [] : [scope])])];
  return (
    <>
      <Choice name="kind" label="Kind" choices={ruleKinds} disabled={fixed} helper={ruleKinds.find(({ value }) => value === kind)?.helper} />
      <Text name="name" label="Name" disabled={fixed} helper={fixed ? 'Name and kind cannot be changed' : undefined} />
      {kind === 'anomaly' && (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 2fr) minmax(0, 1fr)' } }}>
          <Text name="amount" label="Impact of at least" />
          <Choice name="currency" label="Currency" choices={codes.map((code) => ({ value: code, label: code }))} />
        </Box>
      )}
      {(kind === 'late' || kind === 'expiring') && <Text name="days" label="Days" helper={kind === 'late' ? 'Most bills are a day or two behind' : 'Before the last day'} />}
      <Choice name="scope" label="Charges" choices={[{ value: '', label: 'All charges' }, ...known.map((name) => ({ value: name, label: name }))]} />
      <Controller
        control={control}
        name="on"
        render={({ field: { value, onChange, ...field } }) => <FormControlLabel control={<Switch size="small" {...field} checked={value} onChange={(_event, on) => onChange(on)} />} label="The rule is on" sx={{ ml: 0, gap: 1 }} />}
      />
    </>
  );
}
