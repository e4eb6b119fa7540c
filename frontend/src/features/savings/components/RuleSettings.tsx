import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { RuleInfo, RuleParameterInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { describeRange, wordsOf } from '../model';
import { useChangeRule } from '../queries';

/** One number of a rule. It is kept when the focus leaves it, or with Enter; empty is the default again. The version is that at which the person began to type. */
function Parameter({ rule, parameter, onChange }: { rule: RuleInfo; parameter: RuleParameterInfo; onChange: (value: string, version: number) => void }) {
  const [typed, setTyped] = useState<{ text: string; version: number } | null>(null);
  const keep = () => {
    if (typed !== null && typed.text.trim() !== parameter.value) onChange(typed.text.trim(), typed.version);
    setTyped(null);
  };
  const changed = parameter.value !== parameter.default;
  return (
    <TextField
      size="small"
      label={wordsOf(parameter.name)}
      value={typed?.text ?? parameter.value}
      disabled={!rule.on}
      onChange={(event) => setTyped({ text: event.target.value, version: typed?.version ?? rule.changesVersion })}
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

/** What a rule is, and whether it is on. `onOpen` leads to its page. */
export function RuleHead({ rule, onOpen }: { rule: RuleInfo; onOpen?: () => void }) {
  const change = useChangeRule();
  const facets = [rule.providers.join(', '), rule.pack && `from ${rule.pack}`, rule.changedBy && `changed by ${rule.changedBy}`].filter(Boolean);
  return (
    <Box sx={{ display: 'flex', alignItems: 'start', gap: 1 }}>
      <Box sx={{ mr: 'auto' }}>
        <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600 }}>
          {onOpen ? (
            <Link component="button" underline="hover" onClick={onOpen} sx={{ font: 'inherit', textAlign: 'left', verticalAlign: 'baseline' }}>
              {rule.title}
            </Link>
          ) : (
            rule.title
          )}
        </Typography>
        <Typography sx={{ color: 'text.secondary', fontSize: '0.78125rem' }}>{[rule.id, ...facets].join(' · ')}</Typography>
      </Box>
      <Switch size="small" checked={rule.on} onChange={(_, on) => change.mutate({ id: rule.id, on, version: rule.changesVersion })} slotProps={{ input: { 'aria-label': `Examine ${rule.id}` } }} />
      <ChangeConflict what={`the rule ${rule.id}`} change={change} />
    </Box>
  );
}

/** What a rule looks for, whether it is on, and its numbers. */
export function RuleSettings({ rule }: { rule: RuleInfo }) {
  const change = useChangeRule();
  return (
    <Box component="section" aria-label={rule.id} sx={{ pb: 1.5, borderBottom: 1, borderColor: 'divider' }}>
      <RuleHead rule={rule} />
      <Typography sx={{ mt: 0.5 }}>{rule.detects}</Typography>
      {rule.parameters.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mt: 1.5 }}>
          {rule.parameters.map((parameter) => (
            <Parameter key={parameter.name} rule={rule} parameter={parameter} onChange={(value, version) => change.mutate({ id: rule.id, parameter: parameter.name, value, version })} />
          ))}
        </Box>
      )}
      <ChangeConflict what={`the rule ${rule.id}`} change={change} />
    </Box>
  );
}
