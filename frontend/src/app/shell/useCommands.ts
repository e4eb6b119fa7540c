import { useColorScheme } from '@mui/material/styles';
import { useNavigate } from 'react-router';

import { useReadOnly, useRecentWorkspaces, useWorkspacePath } from '../../bridge/queries';
import { useImportFiles } from '../../parts/useImportFiles';
import { useChooseWorkspace, useOpenDemo, useOpenWorkspace } from '../../features/workspaces/queries';
import { formatRange } from '../../lib/days';
import { metricLabels } from '../../lib/metric';
import { baseLabels, bases } from '../../lib/period';
import { errorToast, useToast } from '../../ui/toast';
import { useLedgerView } from '../../ui/view/ledgerView';
import { pages } from '../pages';
import type { Command } from './commands';

/** Every command that makes sense just now. */
export function useCommands(): Command[] {
  const view = useLedgerView();
  const navigate = useNavigate();
  const toast = useToast();
  const importFiles = useImportFiles();
  const { setMode } = useColorScheme();
  const path = useWorkspacePath();
  const readOnly = useReadOnly();
  const recent = useRecentWorkspaces();
  const open = useOpenWorkspace();
  const choose = useChooseWorkspace();
  const demo = useOpenDemo();
  const onError = (error: Error) => toast(errorToast(error));
  const { knownMetrics, currencies } = view.facts;

  const go: Command[] = pages.map((page) => ({ id: `go ${page.path}`, group: 'Go to', label: page.label, run: () => void navigate(view.linkTo(page.path)) }));
  const files: Command[] = [
    ...(readOnly ? [] : [{ id: 'import', group: 'Files', label: 'Import billing files…', run: () => void importFiles().catch(onError) }]),
    { id: 'open', group: 'Files', label: 'Open workspace…', run: () => choose.mutate(undefined, { onError }) },
    { id: 'demo', group: 'Files', label: 'Open the demo client', run: () => demo.mutate(undefined, { onError }) },
  ];
  const metrics: Command[] = knownMetrics
    .filter((metric) => metric !== view.metric)
    .map((metric) => ({ id: `metric ${metric}`, group: 'Cost metric', label: `${metricLabels[metric]} cost`, run: () => view.setMetric(metric) }));
  const periods: Command[] = view.presets.map(({ preset, label, from, to }) => ({ id: `period ${preset}`, group: 'Period', label, hint: formatRange(from, to), run: () => view.setPreset(preset) }));
  const comparisons: Command[] = bases
    .filter((base) => base !== 'custom' && base !== view.base)
    .map((base) => ({ id: `compare ${base}`, group: 'Compare with', label: baseLabels[base], run: () => view.setComparing({ base, compareFrom: '', compareTo: '' }) }));
  const money: Command[] = currencies
    .filter(({ code }) => code !== view.currency && code !== '')
    .map(({ code }) => ({ id: `currency ${code}`, group: 'Currency', label: `Show ${code}`, run: () => view.setCurrency(code) }));
  const workspaces: Command[] = (recent.data ?? [])
    .filter((one) => one.exists && one.path !== path)
    .map((one) => ({ id: `workspace ${one.path}`, group: 'Workspace', label: one.name, hint: 'Open', run: () => open.mutate(one.path, { onError }) }));
  const themes: Command[] = [
    { id: 'theme light', group: 'Theme', label: 'Light theme', run: () => setMode('light') },
    { id: 'theme dark', group: 'Theme', label: 'Dark theme', run: () => setMode('dark') },
    { id: 'theme system', group: 'Theme', label: 'Theme as the system', run: () => setMode('system') },
  ];
  return [...go, ...files, ...metrics, ...periods, ...comparisons, ...money, ...workspaces, ...themes];
}
