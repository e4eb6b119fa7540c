import type { TableMemory } from '../ui/DataTable/DataTable';
import { createHistoryMemory } from '../ui/view/historyMemory';
import { usePageMemory } from './usePageMemory';

const memory = createHistoryMemory<Record<string, TableMemory>>();

/** Where a table was left in the present entry of the history; `name` identifies it among the tables of its page. */
export function useTableMemory(name: string) {
  const { recall, keep } = usePageMemory(memory);
  return { recall: () => recall()?.[name], keep: (table: TableMemory) => keep({ [name]: table }) };
}
