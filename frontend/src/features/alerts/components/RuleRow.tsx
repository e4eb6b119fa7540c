import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatInstant } from '../../../lib/days';
import type { AlertRuleInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { Pill } from '../../../ui/Pill';
import { useDeleteRule } from '../queries';
import { describeRule } from '../rules';

/** One alert rule: what it reports, in which scope, and whether it is on. */
export function RuleRow({ rule, readOnly, onEdit }: { rule: AlertRuleInfo; readOnly: boolean; onEdit: () => void }) {
  const remove = useDeleteRule();
  const [asked, setAsked] = useState<number | null>(null); // the version that was asked to be deleted
  const { name, scope, on, problem, version, changedAt, changedBy } = rule;
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, px: 2.25, py: 1.25, '& + &': { borderTop: 1, borderColor: 'tone.line2' } }}>
      <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
        <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{name}</Typography>
        <Typography sx={{ overflowWrap: 'anywhere' }}>
          {describeRule(rule)} · {scope === '' ? 'all charges' : `scope ${scope}`}
        </Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          Version {version}, {formatInstant(changedAt)}
          {changedBy !== '' && ` by ${changedBy}`}
        </Typography>
        {problem !== '' && <Typography sx={{ color: 'error.main' }}>{problem}</Typography>}
      </Box>
      <Pill tone={problem !== '' && on ? 'bad' : on ? 'good' : 'plain'}>{on ? 'On' : 'Off'}</Pill>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="outlined" disabled={readOnly} onClick={onEdit} aria-label={`Edit ${name}`}>
          Edit
        </Button>
        {asked !== null ? (
          <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name, version: asked })}>
            Delete the rule
          </Button>
        ) : (
          <Button variant="text" disabled={readOnly} onClick={() => setAsked(version)} aria-label={`Delete ${name}`}>
            Delete
          </Button>
        )}
      </Box>
      <ChangeConflict what={`the rule ${name}`} change={remove} onDone={() => setAsked(null)} />
    </Box>
  );
}
