import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import type { MappingMatch, MappingTable, MappingTarget } from '../../../lib/wire';
import { columnLabel } from '../../../ui/columnLabel';
import { pickOf, samplesOf, type Pick } from '../model';
import { ChoicePicker } from './ChoicePicker';

type FocusRowProps = {
  target: MappingTarget;
  table: MappingTable;
  pick: Pick | null;
  match: MappingMatch | undefined;
  onPick: (pick: Pick | null) => void;
};

/** Why this was suggested, as long as it still is what was suggested; else what the chosen column holds. */
function reasonFor({ table, pick, match, target }: Omit<FocusRowProps, 'onPick'>): string {
  if (pick === null) return '';
  const suggested = pickOf(table.mapping, target.name);
  if (match && suggested?.kind === pick.kind && suggested.value === pick.value) {
    return match.others.length > 0 ? `${match.reason} It could also be ${match.others.join(', ')}.` : match.reason;
  }
  return pick.kind === 'text' ? 'The same for every line.' : `Chosen by you: ${samplesOf(table, pick.value).join(' · ') || 'no value in the first lines'}`;
}

/** One FOCUS column: its name, where it comes from, and why. */
export function FocusRow(props: FocusRowProps) {
  const { target, table, pick, onPick } = props;
  const labelId = useId();
  const label = columnLabel(target.name);
  const reason = reasonFor(props);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(150px, 2fr) minmax(0, 3fr)', columnGap: 1.5, alignItems: 'center', py: 0.5, pl: 3.25 }}>
      <Box sx={{ minWidth: 0 }}>
        <Typography id={labelId} noWrap title={target.name}>
          {target.name}
        </Typography>
        {label !== target.name && (
          <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
            {label}
          </Typography>
        )}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <ChoicePicker labelId={labelId} target={target} table={table} pick={pick} onPick={onPick} />
        {reason !== '' && (
          <Typography variant="caption" component="div" noWrap title={reason} sx={{ color: 'text.secondary', mt: 0.25 }}>
            {reason}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
