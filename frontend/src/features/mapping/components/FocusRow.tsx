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
  /** Why the values of the table contradict what is picked; '' where they do not. */
  refusal: string;
  onPick: (pick: Pick | null) => void;
};

/** Why this was suggested, as long as it still is what was suggested; else what the chosen column holds. */
function reasonFor({ table, pick, match, target, refusal }: Omit<FocusRowProps, 'onPick'>): string {
  if (pick === null) return '';
  if (refusal !== '') return refusal;
  const suggested = pickOf(table.mapping, target.name);
  if (match && suggested?.kind === pick.kind && suggested.value === pick.value) {
    return match.others.length > 0 ? `${match.reason} It could also be ${match.others.join(', ')}.` : match.reason;
  }
  return pick.kind === 'text' ? 'The same for every line.' : `Chosen by you: ${samplesOf(table, pick.value).join(' · ') || 'no value in the first lines'}`;
}

/** One FOCUS column: its name, where it comes from, and why. */
export function FocusRow(props: FocusRowProps) {
  const { target, table, pick, refusal, onPick } = props;
  const labelId = useId();
  const label = columnLabel(target.name);
  const reason = reasonFor(props);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(150px, 2fr) minmax(0, 3fr)', columnGap: 1.5, alignItems: 'center', py: 0.5, pl: 3.25 }}>
      <Box sx={{ minWidth: 0 }}>
        <Typography component="label" id={labelId} sx={{ overflowWrap: 'anywhere' }}>
          {label}
          {label !== target.name && (
            <Typography variant="caption" component="span" sx={{ display: 'block', color: 'text.secondary' }}>
              {target.name}
            </Typography>
          )}
        </Typography>
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <ChoicePicker labelId={labelId} target={target} table={table} pick={pick} refused={refusal !== ''} onPick={onPick} />
        {reason !== '' && (
          <Typography variant="caption" component="div" role={refusal === '' ? undefined : 'alert'} title={reason} sx={{ color: refusal === '' ? 'text.secondary' : 'error.main', mt: 0.25, overflowWrap: 'anywhere' }}>
            {reason}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
