import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';

import { type ValueNames } from '../lib/accountNames';
import type { Condition } from '../lib/wire';
import { columnLabel, noValueLabel } from './columnLabel';

const words: Record<Condition['op'], string> = {
  in: 'is',
  not_in: 'is not',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches: 'matches',
  less: 'is less than',
  at_most: 'is at most',
  greater: 'is more than',
  at_least: 'is at least',
};

/** A filter in words: "Service is Amazon S3 or BigQuery". */
export function tellFilter({ column, op, values }: Condition, nameOf: ValueNames): string {
  const shown = values.slice(0, 2).map((value) => (value === null ? noValueLabel(column) : nameOf(column, value) || value));
  const rest = values.length - shown.length;
  return `${columnLabel(column)} ${words[op]} ${shown.join(' or ')}${rest > 0 ? ` or ${rest} more` : ''}`;
}

type FilterChipsProps = { filters: Condition[]; nameOf: ValueNames; onRemove: (index: number) => void; onClear: () => void };

/** The filters of a page, each with a way to take it off. */
export function FilterChips({ filters, nameOf, onRemove, onClear }: FilterChipsProps) {
  if (filters.length === 0) return null;
  return (
    <Box role="group" aria-label="Filters" sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
      {filters.map((filter, index) => {
        const text = tellFilter(filter, nameOf);
        return (
          <Box
            key={text}
            sx={{ display: 'flex', alignItems: 'center', gap: 0.25, pl: 1.25, pr: 0.25, border: 1, borderColor: 'divider', bgcolor: 'tone.selected', borderRadius: '7px', fontSize: '0.75rem', fontWeight: 500, maxWidth: 420 }}
          >
            <Box component="span" title={text} sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {text}
            </Box>
            <IconButton size="small" aria-label={`Remove filter: ${text}`} onClick={() => onRemove(index)} sx={{ p: '4px' }}>
              <CloseIcon sx={{ fontSize: 14 }} />
            </IconButton>
          </Box>
        );
      })}
      {filters.length > 1 && (
        <Button variant="text" onClick={onClear} sx={{ fontSize: '0.75rem' }}>
          Remove all
        </Button>
      )}
    </Box>
  );
}
