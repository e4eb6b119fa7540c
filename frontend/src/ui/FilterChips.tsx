import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';

import { type ValueNames } from '../lib/accountNames';
import { allOf, everything, partsOf } from '../lib/filter';
import type { Filter } from '../lib/wire';
import { describeFilter } from './describeFilter';

type FilterChipsProps = { filter: Filter; nameOf: ValueNames; onEdit: () => void; onChange: (filter: Filter) => void };

/** The conditions of the filter of a page, all of which must be met, each part with a way to take it off; a click on one edits the filter. */
export function FilterChips({ filter, nameOf, onEdit, onChange }: FilterChipsProps) {
  const parts = partsOf(filter);
  if (parts.length === 0) return null;
  return (
    <Box role="group" aria-label="Filters" sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
      {parts.map((part, index) => {
        const text = describeFilter(part, nameOf);
        return (
          <Box
            key={text}
            sx={{ display: 'flex', alignItems: 'center', gap: 0.25, pr: 0.25, border: 1, borderColor: 'divider', bgcolor: 'tone.selected', borderRadius: '7px', maxWidth: 420 }}
          >
            <ButtonBase title={text} aria-label={`Edit filter: ${text}`} onClick={onEdit} sx={{ pl: 1.25, py: '3px', minWidth: 0, borderRadius: '6px', fontSize: '0.75rem', fontWeight: 500 }}>
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                {text}
              </Box>
            </ButtonBase>
            <IconButton size="small" aria-label={`Remove filter: ${text}`} onClick={() => onChange(allOf(parts.filter((_, at) => at !== index)))} sx={{ p: '4px' }}>
              <CloseIcon sx={{ fontSize: 14 }} />
            </IconButton>
          </Box>
        );
      })}
      {parts.length > 1 && (
        <Button variant="text" onClick={() => onChange(everything)} sx={{ fontSize: '0.75rem' }}>
          Remove all
        </Button>
      )}
    </Box>
  );
}
