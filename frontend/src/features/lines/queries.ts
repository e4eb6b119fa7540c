import { useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { LinesQuestion, TableFormat } from '../../lib/wire';
import { type RowSource } from '../../ui/DataTable/model';
import { useRemoteRows } from '../../ui/DataTable/useRemoteRows';
import { useSaving } from '../../parts/useSaving';
import { lineRows, type LineRow, type LineRows } from './model';

/** A question about lines, without the page of the answer. */
export type LinesScope = Omit<LinesQuestion, 'offset' | 'limit'>;

const linesKeys = {
  all: (workspace: string) => [...ledgerKeys.all, workspace, 'lines'] as const,
  pages: (workspace: string, scope: LinesScope) => [...linesKeys.all(workspace), 'pages', scope] as const,
  origin: (workspace: string, question: LinesQuestion, index: number) => [...linesKeys.all(workspace), 'origin', question, index] as const,
  one: (workspace: string, scope: LinesScope, index: number) => [...linesKeys.all(workspace), 'one', scope, index] as const,
};

/** The charge lines of a question, page by page. */
export function useLines(scope: LinesScope) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useRemoteRows<LineRows, LineRow>({
    queryKey: linesKeys.pages(workspace, scope),
    loadPage: async (offset, limit) => lineRows(await ledger.Lines({ ...scope, offset, limit })),
  });
}

/** Counts and adds the numbers of lines of a question without fetching them. */
export function useLineFacts(scope: LinesScope): NonNullable<RowSource<LineRow>['facts']> {
  const { ledger } = useBridge();
  return async (first, last, columns) => {
    const facts = await ledger.LinesFacts({ ...scope, columns, offset: first, limit: last - first + 1 });
    return facts.map(({ column, currency, count, sum }) => ({ column, unit: currency, count, sum }));
  };
}

/** One line with the named columns, found by its place in the answer. */
export function useLine(scope: LinesScope, index: number | null, columns: string[]) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const question = { ...scope, columns };
  return useQuery({
    queryKey: linesKeys.one(workspace, question, index ?? -1),
    queryFn: async () => lineRows(await ledger.Lines({ ...question, offset: index ?? 0, limit: 1 })).rows[0] ?? null,
    enabled: index !== null,
  });
}

/** Where a line of a question comes from: its file, import and bill. */
export function useLineOrigin(scope: LinesScope, index: number | null) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const question = { ...scope, columns: [], offset: 0, limit: 0 };
  return useQuery({
    queryKey: linesKeys.origin(workspace, question, index ?? -1),
    queryFn: () => ledger.Origin(question, index ?? 0),
    enabled: index !== null,
  });
}

/** Saves the lines of a question where the person chooses. */
export function useExportLines() {
  const { ledger } = useBridge();
  return useSaving(({ scope, format }: { scope: LinesScope; format: TableFormat }) => ledger.ExportLines({ ...scope, offset: 0, limit: 0 }, format));
}
