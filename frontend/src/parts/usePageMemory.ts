import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

import { useWorkspacePath } from '../bridge/queries';
import type { HistoryMemory } from '../ui/view/historyMemory';

/**
 * What a page keeps with the present entry of the history, so that going back finds it as it was left. A page that goes on into
 * a new entry, such as one in which a drawer is opened, takes along what it keeps.
 */
export function usePageMemory<Value extends object>(memory: HistoryMemory<Value>) {
  const client = useQueryClient();
  const entry = `${useWorkspacePath()} ${useLocation().key}`;
  const shown = useRef(entry);
  useEffect(() => {
    const before = memory.recall(client, shown.current);
    if (before && memory.recall(client, entry) === undefined) memory.keep(client, entry, before);
    shown.current = entry;
  }, [memory, client, entry]);
  const recall = () => memory.recall(client, entry);
  return { recall, keep: (value: Value) => memory.keep(client, entry, { ...recall(), ...value }) };
}
