import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type MouseEvent, useMemo } from 'react';

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
import { findingColumns } from '../columns';
import { formatCounted } from '../../../lib/money';
import { findingsTable, matchesFilter, valuesOf, withoutSmall } from '../model';
import { useSavingsState } from '../useSavingsState';
import { FindingDrawer } from './FindingDrawer';
import { NotExamined } from './NotExamined';
import { RulesDrawer } from './RulesDrawer';
import { SavingsTotals } from './SavingsTotals';

/** The totals, the list of findings and the detail of one. */
export function SavingsView({ info }: { info: SavingsInfo }) {
  const { currency } = useLedgerView();
  const state = useSavingsState();
  const exportTable = useExportTable();
  const memory = useTableMemory('findings');
  const nameOf = useSubAccountNames();
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));
  const { provider, rule, confidence } = state.filter;

  const own = useMemo(() => info.findings.filter((finding) => finding.currency === currency), [info.findings, currency]);
  const matching = useMemo(() => own.filter((finding) => matchesFilter(finding, { provider, rule, confidence })), [own, provider, rule, confidence]);
  const shown = useMemo(() => withoutSmall(matching, state.small), [matching, state.small]);
  const folded = matching.length - withoutSmall(matching, false).length;
  const columns = useMemo(() => findingColumns(currency, nameOf, wide), [currency, nameOf, wide]);
  const source = useLocalRows(shown, columns, state.sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((finding) => finding ?? []);
  const titles = new Map(own.map((finding) => [finding.rule, finding.title]));

  const open = (finding: FindingInfo | undefined) => {
    if (finding) state.open(finding.id);
  };
  // A row leads to its finding, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };

  return (
    <>
      <SavingsTotals info={info} currency={currency} findings={own} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <PartFilter label="Provider" all="All providers" value={provider} values={valuesOf(own, 'provider')} labelOf={(value) => value || 'No provider named'} onChange={(value) => state.setPart('provider', value)} />
        <PartFilter label="Check" all="All checks" value={rule} values={valuesOf(own, 'rule')} labelOf={(value) => `${value} · ${titles.get(value) ?? ''}`} onChange={(value) => state.setPart('rule', value)} />
        <PartFilter label="Confidence" all="Any confidence" value={confidence} values={valuesOf(own, 'confidence')} labelOf={(value) => value} onChange={(value) => state.setPart('confidence', value)} />
        {matching.length < own.length && (
          <Button variant="text" onClick={state.clearFilters}>
            Show all
          </Button>
        )}
        {folded > 0 && (
          <Button variant="text" title="Each saves less than a thousandth of what a month costs" onClick={() => state.showSmall(!state.small)}>
            {state.small ? 'Fold' : 'Show'} {formatCounted(folded, 'small finding')}
          </Button>
        )}
        <Button variant="outlined" sx={{ ml: 'auto' }} onClick={() => state.showRules(true)}>
          Rules
        </Button>
        <ExportMenu
          label="Export findings"
          pending={exportTable.isPending}
          disabled={matching.length === 0}
          onExport={(format) => exportTable.mutate({ name: 'savings', table: findingsTable(state.small ? ordered : [...ordered, ...matching.filter((one) => !ordered.includes(one))], info.asOf), format })}
        />
      </Box>
      <Box
        component="section"
        aria-label="Findings"
        onClick={handleClick}
        sx={{ height: 'max(360px, 52vh)', display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {shown.length === 0 ? (
          <EmptyState title={own.length === 0 ? `No findings in ${currency || 'this currency'}` : 'No matching findings'} text={own.length === 0 ? 'The checks that could be examined found nothing to save. Below is what could not be examined.' : 'Choose another provider, check or confidence.'} />
        ) : (
          <DataTable label="Findings" columns={columns} source={source} sort={state.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={JSON.stringify([currency, provider, rule, confidence])} noun="finding" hint="Enter opens the finding · Ctrl C copies" />
        )}
      </Box>
      <NotExamined list={info.notExamined} />
      <RulesDrawer open={state.rules} onClose={() => state.showRules(false)} />
      <FindingDrawer findings={info.findings} listed={ordered} state={state} />
    </>
  );
}
