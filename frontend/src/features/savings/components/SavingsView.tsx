import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type MouseEvent, useMemo, useState } from 'react';

import type { FindingInfo, SavingsInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { formatCounted } from '../../../lib/money';
import type { Sort } from '../../../ui/DataTable/model';
import { sortRows } from '../../../ui/DataTable/order';
import { DocumentsDrawer } from '../documents/DocumentsDrawer';
import { useDocumentsState } from '../documents/useDocumentsState';
import { findingColumns, markColumn, marking } from '../columns';
import { findingsTable, matchesFilter, valuesOf, withoutSmall } from '../model';
import { decisions, describePart, firstToDo } from '../progress';
import { useStanding } from '../queries';
import { useSavingsState } from '../useSavingsState';
import { DecisionDialog } from './DecisionDialog';
import { DoneCard } from './DoneCard';
import { FindingDrawer } from './FindingDrawer';
import { FirstCard } from './FirstCard';
import { HistoryCard } from './HistoryCard';
import { NotExamined } from './NotExamined';
import { PartsCard } from './PartsCard';
import { RulesDrawer } from './RulesDrawer';
import { SavingsTotals } from './SavingsTotals';

/** What is to be done first comes first, where no other order is asked. */
const byPriority: Sort = { column: 'score', desc: true };

/** The totals, the list of findings and the detail of one. */
export function SavingsView({ info }: { info: SavingsInfo }) {
  const { currency } = useLedgerView();
  const state = useSavingsState();
  const exportTable = useExportTable();
  const memory = useTableMemory('findings');
  const nameOf = useSubAccountNames();
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));
  const standing = useStanding();
  const documents = useDocumentsState();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<FindingInfo[] | null>(null);
  const { provider, rule, confidence, effort, team, decision } = state.filter;
  const sort = state.sort ?? byPriority;

  const own = useMemo(() => info.findings.filter((finding) => finding.currency === currency), [info.findings, currency]);
  const matching = useMemo(() => own.filter((finding) => matchesFilter(finding, { provider, rule, confidence, effort, team, decision })), [own, provider, rule, confidence, effort, team, decision]);
  const shown = useMemo(() => withoutSmall(matching, state.small), [matching, state.small]);
  const folded = matching.length - withoutSmall(matching, false).length;
  const mark = (id: string) => setMarked((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const columns = useMemo(() => [markColumn(marked, mark), ...findingColumns(currency, nameOf, wide)], [marked, currency, nameOf, wide]);
  const source = useLocalRows(shown, columns, sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((finding) => finding ?? []);
  const chosen = ordered.filter(({ id }) => marked.has(id));
  const titles = new Map(own.map((finding) => [finding.rule, finding.title]));

  const open = (finding: FindingInfo | undefined) => {
    if (finding) state.open(finding.id);
  };
  // A row leads to its finding, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    if (event.target.closest(`[${marking}]`)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };

  return (
    <>
      <SavingsTotals info={info} currency={currency} findings={own} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' } }}>
        <PartsCard info={info} currency={currency} />
        <HistoryCard history={standing.data?.history ?? []} currency={currency} />
      </Box>
      <FirstCard findings={firstToDo(sortRows(own, columns, byPriority), 5)} currency={currency} onOpen={state.open} />
      {standing.data && <DoneCard standing={standing.data} currency={currency} />}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <PartFilter label="Provider" all="All providers" value={provider} values={valuesOf(own, 'provider')} labelOf={(value) => value || 'No provider named'} onChange={(value) => state.setPart('provider', value)} />
        <PartFilter label="Check" all="All checks" value={rule} values={valuesOf(own, 'rule')} labelOf={(value) => `${value} · ${titles.get(value) ?? ''}`} onChange={(value) => state.setPart('rule', value)} />
        <PartFilter label="Confidence" all="Any confidence" value={confidence} values={valuesOf(own, 'confidence')} labelOf={(value) => value} onChange={(value) => state.setPart('confidence', value)} />
        <PartFilter label="Effort" all="Any effort" value={effort} values={valuesOf(own, 'effort')} labelOf={(value) => `Effort ${value}`} onChange={(value) => state.setPart('effort', value)} />
        <PartFilter label="Team" all="All teams" value={team} values={valuesOf(own, 'team')} labelOf={(value) => describePart('team', value)} onChange={(value) => state.setPart('team', value)} />
        <PartFilter label="State" all="Still to do" value={decision} values={['all', ...decisions.map(({ value }) => value), 'refuted']} labelOf={(value) => decisions.find((one) => one.value === value)?.label ?? (value === 'refuted' ? 'Refuted by a document' : 'All states')} onChange={(value) => state.setPart('decision', value)} />
        {Object.values(state.filter).some((part) => part !== null) && (
          <Button variant="text" onClick={state.clearFilters}>
            Clear filters
          </Button>
        )}
        {folded > 0 && (
          <Button variant="text" title="Each saves less than a thousandth of what a month costs" onClick={() => state.showSmall(!state.small)}>
            {state.small ? 'Fold' : 'Show'} {formatCounted(folded, 'small finding')}
          </Button>
        )}
        {shown.length > 0 && (
          <Button variant="text" onClick={() => setMarked(chosen.length === shown.length ? new Set() : new Set(shown.map(({ id }) => id)))}>
            {chosen.length === shown.length ? 'Clear marks' : `Mark all ${shown.length}`}
          </Button>
        )}
        {chosen.length > 0 && (
          <Button variant="contained" onClick={() => setDeciding(chosen)}>
            Decide about {formatCounted(chosen.length, 'finding')}
          </Button>
        )}
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          <Button variant="outlined" onClick={() => documents.show(true)}>
            Documents
          </Button>
          <Button variant="outlined" onClick={() => state.showRules(true)}>
            Rules
          </Button>
          <ExportMenu
            label="Export findings"
            pending={exportTable.isPending}
            disabled={matching.length === 0}
            onExport={(format) => exportTable.mutate({ name: 'savings', table: findingsTable(state.small ? ordered : [...ordered, ...matching.filter((one) => !ordered.includes(one))], info.asOf), format })}
          />
        </Box>
      </Box>
      <Box
        component="section"
        aria-label="Findings"
        onClick={handleClick}
        sx={{ height: 'max(360px, 52vh)', display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {shown.length === 0 ? (
          <EmptyState title={own.length === 0 ? `No findings in ${currency || 'this currency'}` : 'No matching findings'} text={own.length === 0 ? 'The checks that could be examined found nothing to save. Below is what could not be examined.' : 'Choose another provider, check, team or state.'} />
        ) : (
          <DataTable label="Findings" columns={columns} source={source} sort={sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={JSON.stringify([currency, provider, rule, confidence, effort, team, decision])} noun="finding" actionsOf={(finding) => [{ label: 'Decide…', run: () => setDeciding([finding]) }]} hint="Enter opens the finding · Ctrl C copies" />
        )}
      </Box>
      <NotExamined list={info.notExamined} />
      <RulesDrawer state={state} />
      <DocumentsDrawer />
      <FindingDrawer findings={info.findings} listed={ordered} state={state} onDecide={(finding) => setDeciding([finding])} />
      {deciding && (
        <DecisionDialog
          findings={deciding}
          onClose={() => setDeciding(null)}
          onSaved={() => {
            setDeciding(null);
            setMarked(new Set());
          }}
        />
      )}
    </>
  );
}
