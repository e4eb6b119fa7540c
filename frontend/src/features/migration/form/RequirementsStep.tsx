import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import Typography from '@mui/material/Typography';
import { useFormContext, useWatch } from 'react-hook-form';

import { Card } from '../../../ui/Card';
import type { ProfileValues } from '../model/rules';
import { isFields } from '../model/values';
import { problemText } from '../model/labels';
import { useFormFacts } from './context';
import { Fields, fieldGrid } from './Fields';
import { GeoField } from './GeoField';
import { LevelsField } from './LevelsField';
import { RowsField } from './RowsField';

/** Frameworks that an organisation like this one is usually asked for: offered, never set. */
function Suggested() {
  const { form } = useFormFacts();
  const { getValues, setValue } = useFormContext<ProfileValues>();
  const organization = getValues('organization');
  const frameworks = useWatch<ProfileValues>({ name: 'requirements.frameworks' });
  const rows = Array.isArray(frameworks) ? frameworks.filter(isFields) : [];
  const countries: unknown[] = Array.isArray(organization['countries']) ? organization['countries'] : [];
  const names = form.suggestions
    .filter((one) => one.industry === organization['industry'] && (one.countries.length === 0 || one.countries.some((country) => countries.includes(country))))
    .flatMap((one) => one.frameworks)
    .filter((name) => !rows.some((row) => row['name'] === name));
  if (names.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mt: 1 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        Usual for the industry and country:
      </Typography>
      {names.map((name) => (
        <Button key={name} size="small" variant="outlined" onClick={() => setValue('requirements.frameworks', [...rows, { name, level: 'must' }], { shouldDirty: true, shouldTouch: true })}>
          Add {name}
        </Button>
      ))}
    </Box>
  );
}

function Weights() {
  const { rules, wrong } = useFormFacts();
  const weights = useWatch<ProfileValues>({ name: 'requirements.weights' });
  const given = isFields(weights) ? weights : {};
  const names = ['cost', 'services', 'compliance', 'performance'];
  const sum = names.reduce((total, name) => total + Number(given[name] || rules.at.get(`requirements.weights.${name}`)?.default || 0), 0);
  const found = wrong.find(({ path }) => path === 'requirements.weights');
  return (
    <Card title="Weights of the score" sub={Number.isFinite(sum) ? `sum ${sum} of 100` : undefined}>
      <Fields of="requirements" names={names.map((name) => `weights.${name}`)} />
      {sum !== 100 && <FormHelperText error>{found ? problemText(found.path, found.message) : 'Must sum to 100.'}</FormHelperText>}
    </Card>
  );
}

const stack = { display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 } as const;

/** Step 3: what the destination must meet, and how the answer is made. */
export function RequirementsStep() {
  const { form } = useFormFacts();
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Box sx={stack}>
        <Card title="Destination">
          <Fields of="requirements" names={['candidate_providers', 'residency']} />
          <Box sx={fieldGrid}>
            <GeoField />
            <RowsField path="requirements.frameworks" noun="framework" options={{ name: form.frameworks.map((name) => ({ value: name, label: name })) }} />
          </Box>
          <Suggested />
          <Fields of="requirements" names={['accept_restricted', 'lock_in_tolerance']} />
          <Typography sx={{ fontWeight: 570, mt: 1.5, mb: -0.5 }}>Preferred services</Typography>
          <Box sx={fieldGrid}>
            <LevelsField path="requirements.preferred_services" />
          </Box>
        </Card>
        <Card title="Dates and budgets">
          <Fields of="requirements" names={['start_date', 'deadline', 'buffer_pct', 'budget_monthly', 'budget_monthly_kind', 'budget_one_off', 'budget_one_off_kind']} />
          <Box sx={fieldGrid}>
            <RowsField path="requirements.freeze_periods" noun="freeze period" />
          </Box>
        </Card>
      </Box>
      <Box sx={stack}>
        <Card title="Users and service levels">
          <Fields of="requirements" names={['availability', 'rto_minutes', 'rpo_minutes', 'latency_ms', 'downtime_window_h']} />
          <Box sx={fieldGrid}>
            <RowsField path="requirements.user_locations" noun="place of users" />
          </Box>
        </Card>
        <Card title="Prices and sizing">
          <Fields of="requirements" names={['purchase_option', 'sizing', 'comfort_factor', 'support_pct', 'observability_pct', 'discount_aws_pct', 'discount_azure_pct', 'discount_gcp_pct', 'allow_burstable']} />
        </Card>
        <Card title="Money over time">
          <Fields of="requirements" names={['horizon_months', 'wacc_pct', 'contingency_pct', 'training_usd_per_person', 'tooling_usd', 'partner_usd', 'leaving_source']} />
        </Card>
        <Weights />
      </Box>
    </Box>
  );
}
