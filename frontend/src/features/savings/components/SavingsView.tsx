import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';

import type { FindingInfo, SavingsInfo } from '../../../lib/wire';
import { sortRows } from '../../../ui/DataTable/order';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { firstToDo } from '../progress';
import { useStanding } from '../queries';
import { byPriority, useFindingList } from '../useFindingList';
import type { useSavingsState } from '../useSavingsState';
import { DecisionDialog } from './DecisionDialog';
import { DoneCard } from './DoneCard';
import { FindingDrawer } from './FindingDrawer';
import { FindingTable } from './FindingTable';
import { FirstCard } from './FirstCard';
import { HistoryCard } from './HistoryCard';
import { NotExamined } from './NotExamined';
import { PartsCard } from './PartsCard';
import { RulesDrawer } from './RulesDrawer';
import { SavingsTotals } from './SavingsTotals';

/** The totals, then what the chosen view shows: the list of findings, what to do first, or what became of it. */
export function SavingsView({ info, state }: { info: SavingsInfo; state: ReturnType<typeof useSavingsState> }) {
  const { currency } = useLedgerView();
  const standing = useStanding();
  const [deciding, setDeciding] = useState<FindingInfo[] | null>(null);
  const own = useMemo(() => info.findings.filter((finding) => finding.currency === currency), [info.findings, currency]);
  const list = useFindingList(own, currency, state);

  return (
    <>
      <SavingsTotals info={info} currency={currency} findings={own} />
      {state.tab === 'findings' && (
        <>
          <FindingTable list={list} state={state} currency={currency} asOf={info.asOf} onDecide={setDeciding} />
          <NotExamined list={info.notExamined} />
        </>
      )}
      {state.tab === 'summary' && (
        <Box sx={{ display: 'grid', gap: 2, alignItems: 'start', gridTemplateColumns: { xs: '1fr', xl: '3fr 2fr' } }}>
          <FirstCard findings={firstToDo(sortRows(own, list.columns, byPriority), 5)} currency={currency} onOpen={state.open} />
          <PartsCard info={info} currency={currency} />
        </Box>
      )}
      {state.tab === 'progress' && (
        <>
          <HistoryCard history={standing.data?.history ?? []} currency={currency} />
          {standing.data && <DoneCard standing={standing.data} currency={currency} />}
        </>
      )}
      <RulesDrawer state={state} />
      <FindingDrawer findings={info.findings} listed={list.ordered} state={state} onDecide={(finding) => setDeciding([finding])} />
      {deciding && (
        <DecisionDialog
          findings={deciding}
          onClose={() => setDeciding(null)}
          onSaved={() => {
            setDeciding(null);
            list.clearMarks();
          }}
        />
      )}
    </>
  );
}
