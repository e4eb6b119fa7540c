import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { RuleInfo, RuleParameterInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { describeRange, matchesRule, wordsOf } from '../model';
import { useChangeRule, useRules } from '../queries';

/** One number of a rule. It is kept when the focus leaves it, or with Enter; empty is the default again. */
function Parameter({ rule, parameter, onChange }: { rule: RuleInfo; parameter: RuleParameterInfo; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    if (typed !== null && typed.trim() !== parameter.value) onChange(typed.trim());
    setTyped(null);
  };
  const changed = parameter.value !== parameter.default;
  return (
    <TextField
      size="small"
      label={wordsOf(parameter.name)}
      value={typed ?? parameter.value}
      disabled={!rule.on}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation();
          setTyped(null);
        }
      }}
      helperText={`${describeRange(parameter)}${changed ? `, ${parameter.default} by default` : ''}`}
      slotProps={{ htmlInput: { inputMode: 'decimal', 'aria-label': `${wordsOf(parameter.name)} of ${rule.id}` } }}
      sx={{ width: 232 }}
    />
  );
}

function Rule({ rule }: { rule: RuleInfo }) {
  const change = useChangeRule();
  const facets = [rule.providers.join(', '), rule.pack && `from ${rule.pack}`, rule.changed && `changed by ${rule.changed}`].filter(Boolean);
  return (
    <Box component="section" aria-label={rule.id} sx={{ py: 1.5, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', alignItems: 'start', gap: 1 }}>
        <Box sx={{ mr: 'auto' }}>
          <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600 }}>
            {rule.title}
          </Typography>
          <Typography sx={{ color: 'text.secondary', fontSize: '0.78125rem' }}>{[rule.id, ...facets].join(' · ')}</Typography>
        </Box>
        <Switch size="small" checked={rule.on} onChange={(_, on) => change.mutate({ id: rule.id, on })} slotProps={{ input: { 'aria-label': `Examine ${rule.id}` } }} />
      </Box>
      <Typography sx={{ mt: 0.5 }}>{rule.detects}</Typography>
      {rule.parameters.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mt: 1.25 }}>
          {rule.parameters.map((parameter) => (
            <Parameter key={parameter.name} rule={rule} parameter={parameter} onChange={(value) => change.mutate({ id: rule.id, parameter: parameter.name, value })} />
          ))}
        </Box>
      )}
    </Box>
  );
}

function Rules() {
  const rules = useRules();
  const [typed, setTyped] = useState('');
  return (
    <QueryView query={rules} what="the rules" errorTitle="The rules could not be read" skeleton={<Skeleton variant="rounded" height={420} />}>
      {(list) => {
        const shown = list.filter((rule) => matchesRule(rule, typed));
        return (
          <>
            <TextField fullWidth size="small" placeholder="Find a rule" value={typed} onChange={(event) => setTyped(event.target.value)} slotProps={{ htmlInput: { 'aria-label': 'Find a rule' } }} />
            {shown.length === 0 ? <EmptyState title="No such rule" text="Type a part of its name, of its number or a provider." /> : shown.map((rule) => <Rule key={rule.id} rule={rule} />)}
          </>
        );
      }}
    </QueryView>
  );
}

/** The rules that findings come from: each can be switched off, and its numbers changed for this client. */
export function RulesDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Drawer anchor="right" open={open} onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': 'Rules', sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          Rules
        </Typography>
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="All rules">
        <Rules />
      </Box>
    </Drawer>
  );
}
