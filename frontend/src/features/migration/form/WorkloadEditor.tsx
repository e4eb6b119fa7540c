import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { useWatch } from 'react-hook-form';

import { StepDrawer } from '../../../ui/StepDrawer';
import type { ProfileValues } from '../model/rules';
import { FormContext, useFormFacts } from './context';
import { Field } from './Field';
import { Fields, fieldGrid } from './Fields';
import { LevelsField } from './LevelsField';

type WorkloadEditorProps = { at: number; /** The lines in the order of their table. */ order: number[]; onStep: (at: number) => void; onClose: () => void; onDuplicate: () => void; onRemove: () => void };

/** All fields of one line, beside the table. What was wrong in the line before it was opened is shown at once, other errors when their field is left. */
export function WorkloadEditor({ at, order, onStep, onClose, onDuplicate, onRemove }: WorkloadEditorProps) {
  const lines = useWatch<ProfileValues, 'workloads'>({ name: 'workloads' });
  const facts = useFormFacts();
  const [wasWrong] = useState(() => facts.wrong.some(({ path }) => path.startsWith(`workloads[${at}]`)));
  const line = lines[at] ?? {};
  const name = typeof line['name'] === 'string' ? line['name'] : '';
  const others = lines.flatMap((one, other) => (other !== at && typeof one['name'] === 'string' && one['name'] !== '' ? [{ value: one['name'], label: one['name'] }] : []));
  const engine = typeof line['db_engine'] === 'string' && line['db_engine'] !== '' && line['db_engine'] !== 'none';
  const licensed = line['os'] === 'windows' || line['os'] === 'rhel' || line['os'] === 'sles' || line['os_licence'] === 'byol';
  const engineLicence = line['db_engine'] === 'sqlserver' || line['db_engine'] === 'oracle' || line['db_licence'] === 'byol';
  const of = `workloads.${at}` as const;
  return (
    <StepDrawer opened={String(at)} listed={order.map((one) => ({ id: String(one) }))} noun="workload" title={name === '' ? 'New workload' : name} label="Fields of the workload" onOpen={(id) => onStep(Number(id))} onClose={onClose}>
      <FormContext value={{ ...facts, showAll: facts.showAll || wasWrong }}>
        <Part title="Machines">
          <Fields of={of} names={['name', 'type', 'environment', 'count', 'vcpu', 'memory_gib', 'cpu_p95', 'mem_p95', 'hours_per_month', 'os', ...(licensed ? ['os_licence'] : []), 'arch', 'source_cpu_family', 'gpu_count', ...(Number(line['gpu_count'] ?? 0) > 0 ? ['gpu_model'] : [])]} />
        </Part>
        <Part title="Storage">
          <Fields of={of} names={['block_gib', 'block_type', 'iops', 'mbps', 'object_gib', 'object_class', 'requests_per_month_k', 'data_change_gb_day']} />
        </Part>
        <Part title="Database">
          <Fields of={of} names={['db_engine', ...(engine || line['type'] === 'database' ? ['db_storage_gib', 'db_ha'] : []), ...(engineLicence ? ['db_licence'] : [])]} />
        </Part>
        <Part title="Network">
          <Fields of={of} names={['egress_gb_month', 'eastwest_gb_month']} />
        </Part>
        <Part title="Move">
          <Fields of={of} names={['growth_pct_year', 'criticality', 'strategy', 'change_rate', 'saas_name', 'plant_latency_ms', 'end_of_life', 'shared_state', 'licence_hardware_bound']} />
          <Box sx={{ ...fieldGrid, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <Field path={`${of}.depends_on`} options={others} />
            <LevelsField path={`${of}.services`} />
          </Box>
        </Part>
      </FormContext>
      <Box sx={{ display: 'flex', gap: 1, mt: 2 }}>
        <Button variant="outlined" onClick={onDuplicate}>
          Duplicate
        </Button>
        <Button variant="outlined" color="error" onClick={onRemove}>
          Remove
        </Button>
      </Box>
    </StepDrawer>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" sx={{ mb: 2.5 }}>
      <Typography variant="h2" component="h3">
        {title}
      </Typography>
      {children}
    </Box>
  );
}
