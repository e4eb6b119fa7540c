import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import type { Mapping, MappingTable, MappingTrial } from '../../../lib/wire';
import { countChosen, pickOf, type TargetGroup, withPick } from '../model';
import { FocusRow } from './FocusRow';

type FocusGroupProps = {
  group: TargetGroup;
  table: MappingTable;
  mapping: Mapping;
  refused: MappingTrial['refused'];
  onChange: (mapping: Mapping) => void;
  /** What is searched for is always in sight. */
  searched: boolean;
};

/** Some FOCUS columns that belong together; folded up, those that are chosen stay in sight. */
export function FocusGroup({ group, table, mapping, refused, onChange, searched }: FocusGroupProps) {
  const chosen = countChosen(mapping, group.targets);
  const needed = group.title === 'Required';
  const [open, setOpen] = useState(needed);
  const bodyId = useId();
  const shown = open || searched;
  const rows = shown ? group.targets : group.targets.filter((target) => pickOf(mapping, target.name) !== null);
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', mt: 1, pt: 0.5 }}>
      <ButtonBase aria-expanded={shown} aria-controls={bodyId} disabled={searched} onClick={() => setOpen(!open)} sx={{ width: '100%', justifyContent: 'flex-start', gap: 1, py: 0.75, textAlign: 'left', borderRadius: 1 }}>
        <ExpandMore sx={{ fontSize: 18, color: 'text.secondary', transform: shown ? 'none' : 'rotate(-90deg)' }} />
        <Typography component="span" sx={{ fontWeight: 620, flex: 'none' }}>
          {group.title}
        </Typography>
        <Typography component="span" variant="body2" sx={{ color: 'text.secondary', flex: 1, minWidth: 0 }}>
          {group.hint}
        </Typography>
        <Typography component="span" variant="body2" sx={{ color: 'text.secondary', flex: 'none' }}>
          {chosen} of {group.targets.length} chosen
        </Typography>
      </ButtonBase>
      <Box id={bodyId}>
        {rows.map((target) => (
          <FocusRow
            key={target.name}
            target={target}
            table={table}
            pick={pickOf(mapping, target.name)}
            match={table.matches.find((match) => match.focus === target.name)}
            refusal={refused.find((one) => one.focus === target.name)?.reason ?? ''}
            onPick={(pick) => onChange(withPick(mapping, target.name, pick))}
          />
        ))}
      </Box>
    </Box>
  );
}
