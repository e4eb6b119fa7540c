import AddIcon from '@mui/icons-material/Add';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type MouseEvent, useMemo, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import type { MigrationDraft } from '../../../lib/wire';
import { formatCount, formatCounted, formatMoney } from '../../../lib/money';
import { ExportTable } from '../../../parts/ExportTable';
import { useSaveText } from '../../../parts/useSaveText';
import { DataTable } from '../../../ui/DataTable/DataTable';
import type { Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { problemText } from '../model/labels';
import { nameOf, type ProfileValues } from '../model/rules';
import { workloadsTable } from '../model/tables';
import { estateTotals, plainOf } from '../model/totals';
import { shownLine } from '../model/values';
import { useFormFacts } from './context';
import { LedgerOrigin } from './LedgerOrigin';
import { PasteWorkloads } from './PasteWorkloads';
import { ReadWorkloads } from './ReadWorkloads';
import { WorkloadEditor } from './WorkloadEditor';
import { workloadColumns, type WorkloadRow } from './workloadColumns';

/** A quantity with its decimals, if it has any. */
function shown(value: bigint): string {
  const text = plainOf(value);
  return formatMoney(text, '', { digits: text.split('.')[1]?.length ?? 0 });
}

/** The name of a copy of a line. */
function copyName(name: unknown): string {
  return typeof name === 'string' && name !== '' ? `${name} copy` : '';
}

/** From how many machines on one assessment says little. */
const MANY_MACHINES = 5000n;

type WorkloadsStepProps = { origin: MigrationDraft | null; onPrefill: () => void; prefilling: boolean };

/** Step 2: what moves. A table of lines; a line is edited beside it. */
export function WorkloadsStep({ origin, onPrefill, prefilling }: WorkloadsStepProps) {
  const { rules, wrong } = useFormFacts();
  const { setValue, clearErrors } = useFormContext<ProfileValues>();
  const lines = useWatch<ProfileValues, 'workloads'>({ name: 'workloads' });
  const [sort, setSort] = useState<Sort | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const [adding, setAdding] = useState<'paste' | 'file' | null>(null);
  const saveText = useSaveText();
  const rows = useMemo(() => {
    const confidence = new Map(origin?.lines.map((line) => [line.name, String(line.confidence)]));
    const problems = new Map<number, string[]>();
    for (const { path, message } of wrong) {
      const at = /^workloads\[(\d+)\]/.exec(path);
      if (at) problems.set(Number(at[1]), [...(problems.get(Number(at[1])) ?? []), problemText('', message.replace(/^workloads\[\d+\]\./, ''))]);
    }
    return lines.map((line, at): WorkloadRow => ({ at, line, wrong: problems.get(at) ?? [], confidence: typeof line['name'] === 'string' ? (confidence.get(line['name']) ?? '') : '' }));
  }, [lines, wrong, origin]);
  const columns = useMemo(() => workloadColumns(rules, origin !== null, rows.some((row) => row.wrong.length > 0)), [rules, origin, rows]);
  const source = useLocalRows(rows, columns, sort);
  const totals = estateTotals(lines, (name) => rules.at.get(`workloads[].${name}`)?.default);
  const replaceAll = (next: Record<string, unknown>[]) => {
    setValue('workloads', next, { shouldDirty: true, shouldTouch: true });
    clearErrors('workloads');
  };
  const addLines = (text: Record<string, unknown>[], replace: boolean) => {
    replaceAll([...(replace ? [] : lines), ...text.map((line) => shownLine(rules, line))]);
    setAdding(null);
  };
  const add = () => {
    replaceAll([...lines, {}]);
    setOpened(lines.length);
  };
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    const one = row ? source.rowAt(Number(row.dataset['row'])) : undefined;
    if (one) setOpened(one.at);
  };
  const fields = rules.members('workloads[]').map((rule) => nameOf(rule.path));
  const buttons = (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <Button variant="contained" startIcon={<AddIcon />} onClick={add}>
        Add workload
      </Button>
      <Button variant="outlined" onClick={() => setAdding('paste')}>
        Paste cells
      </Button>
      <Button variant="outlined" onClick={() => setAdding('file')}>
        Read a file
      </Button>
      <Button variant="outlined" loading={prefilling} onClick={onPrefill}>
        From the bills
      </Button>
      <Button onClick={() => saveText.mutate({ name: 'workloads.csv', text: `${fields.join(',')}\n` })}>Empty table as CSV</Button>
      <ExportTable of="workloads" disabled={lines.length === 0} table={() => workloadsTable(fields, lines)} />
    </Box>
  );
  const editing = opened !== null && opened < lines.length ? opened : null;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, flex: '1 0 auto', minWidth: 0 }}>
      {buttons}
      {totals.machines > MANY_MACHINES && <Alert severity="warning">{formatCount(Number(totals.machines))} machines are many for one assessment. Split the workloads over several.</Alert>}
      {lines.length === 0 ? (
        <EmptyState title="No workloads yet" text="A workload is a number of machines that are alike. Add them one by one, paste them from a spreadsheet, read an RVTools or Azure Migrate export, or let the bills fill them in." />
      ) : (
        <>
          <Typography role="status" aria-label="Totals" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
            {formatCounted(lines.length, 'workload')}: {formatCount(Number(totals.machines))} machines, {shown(totals.vcpu)} vCPU, {shown(totals.memory)} GiB memory, {shown(totals.storage)} GiB storage, {shown(totals.egress)} GB egress a month. Values in parentheses are defaults of empty fields.
          </Typography>
          <Box onClick={handleClick} sx={{ display: 'flex', flexDirection: 'column', flex: '1 0 auto', minHeight: 360, '& [data-row]': { cursor: 'pointer' } }}>
            <DataTable label="Workloads" columns={columns} source={source} sort={sort} onSort={setSort} onOpenRow={(row) => setOpened(row.at)} noun="workload" openLabel="Edit" />
          </Box>
        </>
      )}
      {origin && <LedgerOrigin origin={origin} />}
      {editing !== null && (
        <WorkloadEditor
          key={editing}
          at={editing}
          order={Array.from({ length: source.total }, (_none, index) => source.rowAt(index)?.at ?? 0)}
          onStep={setOpened}
          onClose={() => setOpened(null)}
          onDuplicate={() => {
            replaceAll([...lines.slice(0, editing + 1), { ...lines[editing], name: copyName(lines[editing]?.['name']) }, ...lines.slice(editing + 1)]);
            setOpened(editing + 1);
          }}
          onRemove={() => {
            setOpened(null);
            replaceAll(lines.filter((_line, at) => at !== editing));
          }}
        />
      )}
      {adding === 'paste' && <PasteWorkloads lines={lines.length} onClose={() => setAdding(null)} onAdd={addLines} />}
      {adding === 'file' && <ReadWorkloads lines={lines.length} onClose={() => setAdding(null)} onAdd={addLines} />}
    </Box>
  );
}
