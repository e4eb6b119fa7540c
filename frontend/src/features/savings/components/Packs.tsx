import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { useReadOnly } from '../../../bridge/queries';
import { formatInstant } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useAddPack, useCheckPack, usePacks, useRemovePack } from '../queries';

/** Rules of one's own: a folder is checked with its samples, and added when they are as they should be. */
export function Packs() {
  const packs = usePacks();
  const check = useCheckPack();
  const add = useAddPack();
  const remove = useRemovePack();
  const readOnly = useReadOnly();
  const checked = check.data?.path ? check.data : null;
  const stored = (name: string) => packs.data?.find((pack) => pack.name.toLowerCase() === name.toLowerCase())?.version ?? 0;
  return (
    <Box component="section" aria-label="Packs of rules" sx={{ mb: 2, p: 1.5, border: 1, borderColor: 'divider', borderRadius: '9px' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="h3" sx={{ mr: 'auto', fontSize: '0.8125rem', fontWeight: 600 }}>
          Your own rules
        </Typography>
        <Button size="small" variant="outlined" loading={check.isPending} onClick={() => check.mutate()}>
          Check a folder
        </Button>
      </Box>
      {packs.data?.length === 0 && !checked && <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>A folder of YAML files adds rules, or takes the place of those with the same id. Nothing is added before you say so.</Typography>}
      {packs.data?.map(({ name, version, rules, changedAt, changedBy }) => (
        <Box key={name} sx={{ display: 'flex', alignItems: 'baseline', gap: 1, mt: 0.75 }}>
          <Typography sx={{ mr: 'auto', overflowWrap: 'anywhere' }}>
            {name}: {rules.join(', ')}, added {formatInstant(changedAt)} by {changedBy}
          </Typography>
          <Button size="small" variant="text" disabled={readOnly} aria-label={`Remove ${name}`} onClick={() => remove.mutate({ name, version })}>
            Remove
          </Button>
        </Box>
      ))}
      <ChangeConflict what={`the pack ${remove.variables?.name ?? ''}`} change={remove} />
      <ChangeConflict what={`the pack ${checked?.name ?? ''}`} change={add} onDone={check.reset} />
      {checked && (
        <Box role="status" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {checked.problem === '' ? (
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
              <Typography sx={{ mr: 'auto' }}>
                {checked.name}: {formatCounted(checked.rules.length, 'rule')}, all samples are as they should be ({checked.rules.join(', ')})
              </Typography>
              <Button size="small" variant="contained" disabled={readOnly} loading={add.isPending} onClick={() => add.mutate({ path: checked.path, version: stored(checked.name) }, { onSuccess: check.reset })}>
                Add
              </Button>
            </Box>
          ) : (
            <Typography sx={{ color: 'tone.warm' }}>
              {checked.path}: {checked.problem}
            </Typography>
          )}
        </Box>
      )}
    </Box>
  );
}
