import { useState } from 'react';

import { useWorkspacePath } from '../../bridge/queries';
import type { FigureInput, ReconcileInvoiceDocument } from '../../lib/wire';
import { useToast } from '../../ui/toast';
import { draftsOf, keepDrafts, useDrafts } from './drafts';
import { type Refused, refusedOf, tellSaved } from './entry';
import { encodeKey } from './model';
import { useSaveFigures } from './queries';

/** The drafts of the listed invoices, and what became of those that could not be saved. */
export function useSaveDrafts(invoices: ReconcileInvoiceDocument[]) {
  const workspace = useWorkspacePath();
  const drafts = useDrafts(workspace);
  const save = useSaveFigures();
  const toast = useToast();
  const [refused, setRefused] = useState<(Refused & { total: string })[]>([]);
  const entered = invoices.flatMap((invoice): [string, FigureInput][] => {
    const name = encodeKey(invoice);
    const draft = drafts[name];
    return draft ? [[name, draft]] : [];
  });
  // What was changed since is not refused any more.
  const standing = refused.filter(({ name, total }) => drafts[name]?.total === total);

  const handleSave = () =>
    save.mutate(
      { inputs: entered.map(([, input]) => input), decimal: 'auto' },
      {
        onSuccess: (outcomes) => {
          const bad = refusedOf(entered, outcomes);
          const names = new Set(bad.map(({ name }) => name));
          setRefused(bad.map((one) => ({ ...one, total: draftsOf(workspace)[one.name]?.total ?? '' })));
          keepDrafts(workspace, Object.fromEntries(entered.filter(([name]) => !names.has(name)).map(([name]) => [name, null])));
          toast({ text: tellSaved(entered.length - bad.length, bad.length), tone: bad.length > 0 ? 'error' : undefined });
        },
      },
    );

  return {
    count: entered.length,
    refused: standing,
    reasons: new Map(standing.map(({ name, text }) => [name, text])),
    error: save.error?.message ?? '',
    saving: save.isPending,
    onSave: handleSave,
    onDiscard: () => keepDrafts(workspace, Object.fromEntries(entered.map(([name]) => [name, null]))),
  };
}
