import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type MouseEvent, useMemo } from 'react';

import type { AnomaliesInfo, AnomalyInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { Segmented } from '../../../ui/Segmented';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { anomalyColumns } from '../columns';
import { anomaliesTable, shownOf, stateFilters } from '../model';
import { useAnomaliesState } from '../useAnomaliesState';
import { AnomalyDrawer } from './AnomalyDrawer';
import { MuteRulesDialog } from './MuteRulesDialog';
import { SensitivityDialog } from './SensitivityDialog';

/** The list of anomalies and the detail of one. */
export function AnomaliesView({ info }: { info: AnomaliesInfo }) {
  const { currency } = useLedgerView();
  const state = useAnomaliesState();
  const exportTable = useExportTable();
  const memory = useTableMemory('anomalies');
  const nameOf = useSubAccountNames();
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));
  const shown = useMemo(() => shownOf(info.anomalies, currency, state.filter), [info.anomalies, currency, state.filter]);
  const columns = useMemo(() => anomalyColumns(currency, nameOf, wide), [currency, nameOf, wide]);
  const source = useLocalRows(shown, columns, state.sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((one) => one ?? []);
  const some = info.anomalies.some((one) => one.currency === currency);

  const open = (anomaly: AnomalyInfo | undefined) => {
    if (anomaly) state.open(anomaly.id);
  };
  // A row leads to its anomaly, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };

  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Segmented label="Listed" value={state.filter} choices={[...stateFilters]} onChange={state.setFilter} />
        <Button variant="outlined" sx={{ ml: 'auto' }} onClick={() => state.setDialog('mute')}>
          Mute rules
        </Button>
        <Button variant="outlined" onClick={() => state.setDialog('sensitivity')}>
          Sensitivity: {info.sensitivity}
        </Button>
        <ExportMenu label="Export anomalies" pending={exportTable.isPending} disabled={shown.length === 0} onExport={(format) => exportTable.mutate({ name: 'anomalies', table: anomaliesTable(ordered, info.asOf), format })} />
      </Box>
      <Box
        component="section"
        aria-label="Anomalies"
        onClick={handleClick}
        sx={{ flex: 1, minHeight: 240, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {shown.length === 0 ? (
          <EmptyState
            title={some ? 'No open anomalies' : `No anomalies in ${currency || 'this currency'}`}
            text={some ? 'All anomalies are expected, restated, resolved or muted.' : 'All usage cost what the days before suggest. Purchases, fees, credits and tax are not checked, and neither are days with fewer than 28 days of data before them.'}
            action={
              some ? (
                <Button variant="outlined" onClick={() => state.setFilter('all')}>
                  Show all
                </Button>
              ) : undefined
            }
          />
        ) : (
          <DataTable label="Anomalies" columns={columns} source={source} sort={state.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={`${currency} ${state.filter}`} noun="result" hint="Enter opens the anomaly · Ctrl C copies" />
        )}
      </Box>
      {info.notes.map((note) => (
        <Typography key={note} role="note" sx={{ color: 'text.secondary' }}>
          {note}
        </Typography>
      ))}
      <AnomalyDrawer all={info.anomalies} listed={ordered} state={state} />
      {state.dialog === 'sensitivity' && <SensitivityDialog onClose={() => state.setDialog(null)} />}
      {state.dialog === 'mute' && <MuteRulesDialog onClose={() => state.setDialog(null)} />}
    </>
  );
}
