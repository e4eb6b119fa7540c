import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { RulePreview } from '../../../lib/wire';
import { formatCounted } from '../../../lib/money';
import { useValueNames } from '../../../parts/accountNames';
import { FilterDialog } from '../../../parts/filter/FilterDialog';
import { Money } from '../../../ui/Money';
import { describeFilter } from '../../../ui/describeFilter';
import { type RuleDraft } from '../model';
import { ValueEditor } from './ValueEditor';

type RuleRowProps = {
  rule: RuleDraft;
  number: number;
  last: boolean;
  caught: RulePreview | undefined;
  currency: string;
  onChange: (rule: RuleDraft) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
};

/** One rule: which charges, which value, and what it matches. */
export function RuleRow({ rule, number, last, caught, currency, onChange, onMove, onRemove }: RuleRowProps) {
  const nameOf = useValueNames();
  const [editing, setEditing] = useState(false);
  const described = describeFilter(rule.where, nameOf);
  return (
    <Box
      component="li"
      aria-label={`Rule ${number}`}
      sx={{ display: 'grid', gridTemplateColumns: { xs: '92px minmax(0, 1fr) auto 32px', lg: '92px minmax(0, 1fr) minmax(0, 1.2fr) 150px 32px' }, gap: 1.5, alignItems: 'start', py: 1, borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.25 }}>
        <Box component="span" sx={{ width: 26, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
          {number}
        </Box>
        <IconButton aria-label={`Move rule ${number} up`} disabled={number === 1} onClick={() => onMove(-1)} sx={{ p: '4px' }}>
          <ArrowUpward sx={{ fontSize: 15 }} />
        </IconButton>
        <IconButton aria-label={`Move rule ${number} down`} disabled={last} onClick={() => onMove(1)} sx={{ p: '4px' }}>
          <ArrowDownward sx={{ fontSize: 15 }} />
        </IconButton>
      </Box>
      <Button variant="outlined" aria-haspopup="dialog" aria-label={`Filter of rule ${number}: ${described}`} onClick={() => setEditing(true)} sx={{ justifyContent: 'flex-start', textAlign: 'left', fontWeight: 450, overflowWrap: 'anywhere' }}>
        {described}
      </Button>
      {/* Where there is no room for all of it, the value stands below the charges. */}
      <Box sx={{ gridArea: { xs: '2 / 2 / auto / -1', lg: '1 / 3' } }}>
        <ValueEditor rule={rule} number={number} onChange={onChange} />
      </Box>
      <Caught caught={caught} currency={currency} />
      <IconButton aria-label={`Remove rule ${number}`} onClick={onRemove} sx={{ p: '5px', gridRow: 1, gridColumn: '-2 / -1' }}>
        <CloseIcon sx={{ fontSize: 16 }} />
      </IconButton>
      {editing && (
        <FilterDialog
          title={`Charges of rule ${number}`}
          initial={rule.where}
          applyLabel="Apply"
          virtual={false}
          onClose={() => setEditing(false)}
          onApply={(where) => {
            setEditing(false);
            onChange({ ...rule, where });
          }}
        />
      )}
    </Box>
  );
}

/** Beside the charges, or beside the value where there is room for both. */
const place = { gridRow: 1, gridColumn: { xs: 3, lg: 4 } };

function Caught({ caught, currency }: { caught: RulePreview | undefined; currency: string }) {
  if (!caught) return <Skeleton width={96} height={18} sx={{ ...place, ml: 'auto', mt: 0.5 }} />;
  const { caught: found, values, shadowedBy } = caught;
  return (
    <Box sx={{ ...place, textAlign: 'right' }}>
      <Typography sx={{ fontVariantNumeric: 'tabular-nums' }}>
        <Money amount={found.amount} currency={currency} /> {currency}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {formatCounted(found.lines, 'line')}
        {values > 1 && `, ${formatCounted(values, 'value')}`}
      </Typography>
      {found.lines === 0 && (
        <Typography variant="body2" sx={{ color: 'tone.warm' }}>
          {shadowedBy.length > 0 ? `Already matched by ${shadowedBy.length === 1 ? 'rule' : 'rules'} ${shadowedBy.join(', ')}` : 'Matches nothing here'}
        </Typography>
      )}
    </Box>
  );
}
