import { useState } from 'react';

import type { FilterProblem } from '../../lib/wire';
import { useBridge } from '../../bridge/useBridge';
import type { Filter } from '../../lib/wire';
import { errorToast, useToast } from '../../ui/toast';
import { allComplete, type DraftGroup, draftOf, filterOf, newRow } from './draft';
import { useParsed } from './queries';

export type FilterMode = 'builder' | 'text';

export type FilterDraft = {
  mode: FilterMode;
  group: DraftGroup;
  text: string;
  problem: FilterProblem | null;
  /** What the person has made; null while it is not complete or not understood. */
  filter: Filter | null;
  setMode: (mode: FilterMode) => void;
  setGroup: (group: DraftGroup) => void;
  setText: (text: string) => void;
};

function beginning(filter: Filter): DraftGroup {
  const draft = draftOf(filter);
  return draft.items.length === 0 ? { ...draft, items: [newRow()] } : draft;
}

/** A filter while it is edited, as a tree or as text; anyColumn: it may use columns that the ledger does not have. */
export function useFilterDraft(initial: Filter, { anyColumn }: { anyColumn: boolean }): FilterDraft {
  const { filters } = useBridge();
  const toast = useToast();
  const [mode, setMode] = useState<FilterMode>('builder');
  const [group, setGroup] = useState(() => beginning(initial));
  const [text, setText] = useState('');
  const parsed = useParsed(text, { anyColumn, enabled: mode === 'text' });
  const read = parsed.isPlaceholderData ? undefined : parsed.data;
  const understood = read && read.problem === null ? read.filter : null;

  const change = async (wanted: FilterMode) => {
    if (wanted === mode) return;
    if (wanted === 'text') setText(await filters.Print(filterOf(group)));
    else if (understood) setGroup(beginning(understood));
    setMode(wanted);
  };

  return {
    mode,
    group,
    text,
    problem: parsed.data?.problem ?? null,
    filter: mode === 'text' ? understood : allComplete(group) ? filterOf(group) : null,
    setMode: (wanted) => void change(wanted).catch((error: Error) => toast(errorToast(error))),
    setGroup,
    setText,
  };
}
