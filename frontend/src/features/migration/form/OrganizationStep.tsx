import Box from '@mui/material/Box';
import { useWatch } from 'react-hook-form';

import { Card } from '../../../ui/Card';
import type { ProfileValues } from '../model/rules';
import { Fields, fieldGrid } from './Fields';
import { RowsField } from './RowsField';

/** Step 1: who moves, and from where. */
export function OrganizationStep() {
  const organization = useWatch<ProfileValues, 'organization'>({ name: 'organization' });
  const cloud = organization['current_infrastructure'] === 'cloud' || organization['current_infrastructure'] === 'hybrid';
  const currency = organization['currency'];
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Card title="Organisation">
        <Fields of="organization" names={['name', 'countries', 'company_size', 'industry', ...(organization['industry'] === 'other' ? ['industry_other'] : [])]} />
      </Card>
      <Card title="Infrastructure today">
        <Fields of="organization" names={['current_infrastructure', ...(cloud ? ['source_provider', 'source_region'] : []), 'current_monthly_cost', 'hardware_book_value', 'vmware']} />
        <Box sx={fieldGrid}>
          <RowsField path="organization.commitments_left" noun="commitment" />
        </Box>
      </Card>
      <Card title="Team">
        <Fields of="organization" names={['team_size', 'team_share', 'labour_rate', 'skill_aws', 'skill_azure', 'skill_gcp']} />
      </Card>
      <Card title="Display">
        <Fields of="organization" names={['currency', ...(typeof currency === 'string' && currency !== '' && currency !== 'USD' ? ['currency_rate', 'currency_rate_date'] : [])]} />
      </Card>
    </Box>
  );
}
