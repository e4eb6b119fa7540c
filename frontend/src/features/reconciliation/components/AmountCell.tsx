import Box from '@mui/material/Box';
import { type KeyboardEvent } from 'react';

import { useReadOnly, useWorkspacePath } from '../../../bridge/queries';
import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { useDrafts } from '../drafts';
import { useEntry } from '../entryContext';
import { encodeKey, describeBill } from '../model';

/** The amount of an invoice in the list: what is stored, what was typed and not saved, or the field to type it. */
export function AmountCell({ invoice }: { invoice: ReconcileInvoiceDocument }) {
  const entry = useEntry();
  const readOnly = useReadOnly();
  const name = encodeKey(invoice);
  const draft = useDrafts(useWorkspacePath())[name];
  if (entry.editing === name) {
    const handleKeyDown = (event: KeyboardEvent) => {
      // The keys of the table must not act while somebody types.
      event.stopPropagation();
      const steps = new Map<string, -1 | 0 | 1>([['Enter', event.shiftKey ? -1 : 1], ['ArrowDown', 1], ['ArrowUp', -1], ['Tab', 0]]);
      const step = steps.get(event.key);
      if (step !== undefined) entry.finish(step);
      else if (event.key === 'Escape') entry.cancel();
      else return;
      event.preventDefault();
    };
    return (
      <Box
        component="input"
        autoFocus
        autoComplete="off"
        inputMode="decimal"
        aria-label={`Invoice total, ${describeBill(invoice)}`}
        value={entry.text}
        onChange={(event) => entry.change(event.target.value)}
        onKeyDown={handleKeyDown}
        onBlur={() => entry.finish(0)}
        sx={{ font: 'inherit', color: 'inherit', width: '100%', height: 24, px: 0.5, mx: -0.5, border: 1, borderColor: 'primary.main', borderRadius: '4px', bgcolor: 'background.paper', textAlign: 'right', verticalAlign: 'middle', outline: 'none', boxSizing: 'content-box', ml: -1 }}
      />
    );
  }
  if (draft && draft.total !== '') {
    const problem = entry.refused.get(name);
    return (
      <Box component="span" title={problem ?? 'Not saved yet'} sx={{ color: problem === undefined ? 'tone.amber' : 'error.main', fontWeight: 600 }}>
        {draft.total}
      </Box>
    );
  }
  if (invoice.figure) return <Money amount={invoice.figure.total} currency={invoice.currency} />;
  if (readOnly) return <span className="none">–</span>;
  return (
    <Box component="span" sx={{ color: 'text.secondary', border: 1, borderStyle: 'dashed', borderColor: 'divider', borderRadius: '4px', px: 0.75, py: '1px', cursor: 'text', fontSize: '0.75rem' }}>
      Enter
    </Box>
  );
}
