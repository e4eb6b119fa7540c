import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatRange } from '../../lib/days';
import { formatCounted, formatMoney } from '../../lib/money';
import { Segmented } from '../../ui/Segmented';
import { useLedgerView } from '../../ui/view/ledgerView';
import { useValueNames } from '../accountNames';
import { type ColumnEntry } from '../columns';
import { FilterText } from './FilterText';
import { GroupEditor } from './GroupEditor';
import { useMatched } from './queries';
import { type FilterDraft } from './useFilterDraft';

/** Shows and edits a filter as a tree or as text, and says what it matches. */
export function FilterEditor({ draft, columns }: { draft: FilterDraft; columns: ColumnEntry[] }) {
  const nameOf = useValueNames();
  const { mode, group, text, problem, filter } = draft;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Segmented
        label="How the filter is shown"
        value={mode}
        choices={[
          { value: 'builder', label: 'Builder', disabled: mode === 'text' && filter === null, hint: mode === 'text' && filter === null ? 'The text must be a filter first' : undefined },
          { value: 'text', label: 'Text' },
        ]}
        onChange={draft.setMode}
      />
      {mode === 'builder' ? (
        <GroupEditor group={group} columns={columns} nameOf={nameOf} onChange={draft.setGroup} />
      ) : (
        <FilterText text={text} problem={problem} onChange={draft.setText} />
      )}
      <Matched draft={draft} />
    </Box>
  );
}

function Matched({ draft: { filter, mode, problem } }: { draft: FilterDraft }) {
  const view = useLedgerView();
  const matched = useMatched(filter);
  if (filter === null) {
    return (
      <Typography variant="body2" sx={{ color: 'text.secondary', minHeight: 20 }}>
        {mode === 'builder' ? 'Complete each condition or remove it.' : problem ? '' : 'Reading…'}
      </Typography>
    );
  }
  if (matched.error) {
    return (
      <Typography role="alert" variant="body2" sx={{ color: 'error.main' }}>
        {matched.error.message}
      </Typography>
    );
  }
  if (!matched.data) return <Box sx={{ minHeight: 20 }} />;
  return (
    <Typography role="status" variant="body2" sx={{ color: 'text.secondary', minHeight: 20, opacity: matched.isPlaceholderData ? 0.6 : 1 }}>
      Matches {formatCounted(matched.data.lines, 'line')}, {formatMoney(matched.data.amount, view.currency)} {view.currency}, {formatRange(view.from, view.to)}
    </Typography>
  );
}
