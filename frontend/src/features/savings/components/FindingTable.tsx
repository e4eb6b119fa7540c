import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { MouseEvent } from 'react';

import { formatCounted } from '../../../lib/money';
import type { FindingInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { marking } from '../columns';
import { describeListed, findingsTable, valuesOf } from '../model';
import { decisions, describePart } from '../progress';
import type { useFindingList } from '../useFindingList';
import type { useSavingsState } from '../useSavingsState';

type FindingTableProps = {
  list: ReturnType<typeof useFindingList>;
  state: ReturnType<typeof useSavingsState>;
  currency: string;
  asOf: string;
  onDecide: (findings: FindingInfo[]) => void;
};

const decisionLabel = (value: string) => decisions.find((one) => one.value === value)?.label ?? (value === 'refuted' ? 'Refuted by a document' : 'All states');

/** The list of findings with its filters, and what can be done with several of them. */
export function FindingTable({ list, state, currency, asOf, onDecide }: FindingTableProps) {
  const exportTable = useExportTable();
  const memory = useTableMemory('findings');
  const { own, matching, ordered, chosen, folded, source } = list;
  const { provider, rule, confidence, effort, team, decision } = state.filter;
  const titles = new Map(own.map((finding) => [finding.rule, finding.title]));
  const all = chosen.length === ordered.length;

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
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <PartFilter label="Provider" all="All providers" value={provider} values={valuesOf(own, 'provider')} labelOf={(value) => value || 'No provider named'} onChange={(value) => state.setPart('provider', value)} />
        <PartFilter label="Check" all="All checks" value={rule} values={valuesOf(own, 'rule')} labelOf={(value) => `${value} · ${titles.get(value) ?? ''}`} onChange={(value) => state.setPart('rule', value)} />
        <PartFilter label="Confidence" all="Any confidence" value={confidence} values={valuesOf(own, 'confidence')} labelOf={(value) => `Confidence ${value}`} onChange={(value) => state.setPart('confidence', value)} />
        <PartFilter label="Effort" all="Any effort" value={effort} values={valuesOf(own, 'effort')} labelOf={(value) => `Effort ${value}`} onChange={(value) => state.setPart('effort', value)} />
        <PartFilter label="Team" all="All teams" value={team} values={valuesOf(own, 'team')} labelOf={(value) => describePart('team', value)} onChange={(value) => state.setPart('team', value)} />
        <PartFilter label="State" all="Still to do" value={decision} values={['all', ...decisions.map(({ value }) => value), 'refuted']} labelOf={decisionLabel} onChange={(value) => state.setPart('decision', value)} />
        {Object.values(state.filter).some((part) => part !== null) && (
          <Button variant="text" onClick={state.clearFilters}>
            Clear filters
          </Button>
        )}
        {folded > 0 && (
          <Button variant="text" title="Each saves less than a thousandth of what a month costs" onClick={() => state.showSmall(!state.small)}>
            {state.small ? 'Fold' : 'Show'} {folded} small {folded === 1 ? 'one' : 'ones'}
          </Button>
        )}
        <Box sx={{ ml: 'auto', display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {chosen.length > 0 && (
            <Button variant="contained" onClick={() => onDecide(chosen)}>
              Decide about {formatCounted(chosen.length, 'finding')}
            </Button>
          )}
          {ordered.length > 0 && (
            <Button variant="text" onClick={all ? list.clearMarks : list.markAll}>
              {all ? 'Clear marks' : 'Mark all'}
            </Button>
          )}
          <ExportMenu
            label="Export findings"
            pending={exportTable.isPending}
            disabled={matching.length === 0}
            onExport={(format) => exportTable.mutate({ name: 'savings', table: findingsTable([...ordered, ...matching.filter((one) => !ordered.includes(one))], asOf), format })}
          />
        </Box>
      </Box>
      <Box
        component="section"
        aria-label="Findings"
        onClick={handleClick}
        sx={{ height: 'max(360px, 56vh)', display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {ordered.length === 0 ? (
          <EmptyState title={own.length === 0 ? `No findings in ${currency || 'this currency'}` : 'No matching findings'} text={own.length === 0 ? 'The checks that could be examined found nothing to save. Below is what could not be examined.' : 'Choose another provider, check, team or state.'} />
        ) : (
          <DataTable label="Findings" columns={list.columns} source={source} sort={list.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={JSON.stringify([currency, provider, rule, confidence, effort, team, decision])} noun="finding" count={describeListed(ordered, own)} actionsOf={(finding) => [{ label: 'Decide…', run: () => onDecide([finding]) }]} hint="Enter opens the finding · Ctrl C copies" />
        )}
      </Box>
    </>
  );
}
