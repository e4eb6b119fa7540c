import { useQueryClient } from '@tanstack/react-query';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { type JobInfo } from '../../bridge/ports';
import { jobKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { renderPage } from '../../test/renderPage';
import { ImportsPage } from './ImportsPage';
import { fileName, flowStateOf, importsCsv, tellFiles, tellMonths, totalsRows } from './model';

const user = userEvent.setup({ delay: null });

// Role queries over a table of samples are slow in jsdom.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 8_000 });

/** What the shell does with events, and a drop of files on the window. */
function Page({ paths }: { paths?: string[] }) {
  const { events } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const end = events.on('job', (job) => {
      client.setQueryData<JobInfo[]>(jobKeys.list, (jobs = []) => [...jobs.filter((one) => one.id !== job.id), job]);
    });
    return end;
  }, [events, client]);
  useEffect(() => {
    if (paths) void navigate('/imports?preview', { state: { paths } });
  }, [paths, navigate]);
  return <ImportsPage />;
}

const dropped = (...names: string[]) => names.map((name) => `/home/nora/bills/${name}`);

describe('the list of imports', () => {
  test('opens to files, hashes and control totals', async () => {
    renderPage(<Page />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Detail of import 1' }));
    const totals = screen.getByRole('table', { name: 'Control totals of import 1' });
    expect(within(totals).getByText('Nov 2025')).toBeVisible();
    expect(within(screen.getByRole('table', { name: 'Files of import 1' })).getByText('focus-2025-11-to-2026-11.csv.gz')).toBeVisible();
  });

  test('copies the whole hash', async () => {
    const bridge = createFakeBridge();
    const [, , first] = await bridge.imports.List();
    renderPage(<Page />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: `Detail of import ${first?.id}` }));
    await user.click(screen.getAllByRole('button', { name: /Copy the hash/ })[0]!);
    await screen.findByText('Copied the hash.');
    expect(await navigator.clipboard.readText()).toBe(first?.files[0]?.sha256);
  });

  test('undoes an import after naming what is lost', async () => {
    const bridge = createFakeBridge();
    const undo = vi.spyOn(bridge.imports, 'Undo');
    renderPage(<Page />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Undo import 3' }));
    const dialog = screen.getByRole('dialog', { name: /Undo the import of focus-export\.csv/ });
    expect(dialog).toHaveTextContent(/[\d,]+ charge lines of Google Cloud, Nov 2025 – Nov 2026, leave the ledger/);
    expect(undo).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'Undo the import' }));
    expect(await screen.findByText('Undone')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Undo import 3' })).toBeNull();
  });

  test('keeps the import when the person thinks better of it', async () => {
    const bridge = createFakeBridge();
    const undo = vi.spyOn(bridge.imports, 'Undo');
    renderPage(<Page />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Undo import 3' }));
    await user.click(screen.getByRole('button', { name: 'Keep it' }));
    expect(undo).not.toHaveBeenCalled();
  });

  test('verifies the ledger and reports each check', async () => {
    renderPage(<Page />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify the ledger' }));
    expect(await screen.findByText('Everything ties.')).toBeVisible();
    expect(screen.getByText('Control totals')).toBeVisible();
  });

  test('says loudly when something does not tie', async () => {
    const bridge = createFakeBridge();
    bridge.imports.Verify = () => Promise.resolve({ ok: false, durationMs: 5, checks: [{ name: 'Rollups', ok: false, detail: 'November 2026 differs by 0.01 USD.' }] });
    renderPage(<Page />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify the ledger' }));
    expect(await screen.findByText(/do not tie/)).toBeVisible();
    expect(screen.getByText('November 2026 differs by 0.01 USD.')).toBeVisible();
  });

  test('of an empty ledger says what to do with one button', async () => {
    const bridge = createFakeBridge({ start: 'empty' });
    renderPage(<Page />, { bridge, address: '/imports' });
    expect(await screen.findByText('Nothing imported yet')).toBeVisible();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});

describe('the preview', () => {
  const files = dropped('focus.csv', 'known.csv', 'broken.csv');

  test('tells what each file is, what is left out and why', async () => {
    renderPage(<Page paths={files} />, { address: '/imports' });
    expect(await screen.findByRole('region', { name: 'focus.csv' })).toHaveTextContent('The header has all mandatory columns of FOCUS 1.2.');
    expect(screen.getByRole('region', { name: 'known.csv' })).toHaveTextContent('Already imported');
    expect(screen.getByRole('region', { name: 'Left out' })).toHaveTextContent('broken.csvThe first line is not a header of any known billing format.');
    expect(screen.getByRole('grid', { name: 'First lines of focus.csv' })).toBeInTheDocument();
  });

  test('imports only the new files, and strictly when asked to', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('switch', { name: /Strict/ }));
    await user.click(screen.getByRole('button', { name: 'Import 1 file' }));
    expect(start).toHaveBeenCalledWith(expect.any(String), { strict: true, overlap: 'ask' });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
    expect(screen.getByText(/Already imported and left as it was: known\.csv/)).toBeVisible();
  });

  test('of known files only offers no import', async () => {
    renderPage(<Page paths={dropped('known.csv')} />, { address: '/imports' });
    expect(await screen.findByRole('button', { name: 'Everything is already imported' })).toBeDisabled();
  });

  test('without files offers to choose some', async () => {
    renderPage(<Page />, { address: '/imports?preview' });
    expect(await screen.findByText('No files are chosen')).toBeVisible();
  });
});

describe('an import', () => {
  test('shows rejected lines and exports them', async () => {
    const bridge = createFakeBridge();
    renderPage(<Page paths={dropped('rejects.csv')} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    await user.click(await screen.findByRole('button', { name: 'Show rejected lines' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rejected lines' });
    expect((await within(dialog).findAllByText('BillingCurrency is empty.')).length).toBe(3);
    await user.click(within(dialog).getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(bridge.saved).toHaveLength(1));
    expect(bridge.saved[0]?.text).toMatch(/^File,Line,Reason,Text of the line\r\nrejects\.csv,1204,BillingCurrency is empty\.,/);
  });

  test.each([
    ['Replace what is held', 'replace'],
    ['Add both', 'add'],
  ] as const)('that overlaps asks first; "%s" starts it again', async (label, overlap) => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    renderPage(<Page paths={dropped('restated.csv')} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    const dialog = await screen.findByRole('dialog', { name: /already holds/ });
    expect(dialog).toHaveTextContent('222233334444');
    expect(dialog).toHaveTextContent('Nov 2026');
    await user.click(within(dialog).getByRole('button', { name: label }));
    expect(start).toHaveBeenLastCalledWith('plan-1', { strict: false, overlap });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
  });

  test('shows its speed and can be cancelled', async () => {
    const bridge = createFakeBridge({ paceMs: 200 });
    renderPage(<Page paths={dropped('focus.csv')} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    expect(await screen.findByText(/lines a second/)).toBeVisible();
    expect(screen.getByText('Time left')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('The import was cancelled')).toBeVisible();
  });

  test('the program no longer knows leads to the list', async () => {
    renderPage(<Page />, { address: '/imports?job=gone' });
    expect(await screen.findByText('This import has ended')).toBeVisible();
  });
});

describe('words', () => {
  test('file names come from paths of any system', () => {
    expect(fileName('C:\\bills\\a.csv')).toBe('a.csv');
    expect(fileName('/bills/export/')).toBe('export');
    expect(tellFiles(['/a/x.csv', '/a/y.csv', '/a/z.csv'])).toBe('x.csv and 2 more');
  });

  test('months run from the first to the last', () => {
    expect(tellMonths(['2026-11'])).toBe('Nov 2026');
    expect(tellMonths(['2026-11', '2026-09'])).toBe('Sep – Nov 2026');
    expect(tellMonths(['2025-11', '2026-11'])).toBe('Nov 2025 – Nov 2026');
    expect(tellMonths([])).toBe('');
  });

  test('control totals keep every digit and never mix currencies', () => {
    const rows = totalsRows([
      { month: '2026-11', currency: 'USD', metric: 'BilledCost', amount: '1.000000000000000000001' },
      { month: '2026-11', currency: 'EUR', metric: 'BilledCost', amount: '2' },
      { month: '2026-10', currency: 'USD', metric: 'ListCost', amount: '3' },
    ]);
    expect(rows.map((row) => `${row.month} ${row.currency}`)).toEqual(['2026-10 USD', '2026-11 EUR', '2026-11 USD']);
    expect(rows[2]?.amounts).toEqual({ BilledCost: '1.000000000000000000001' });
  });

  test('a location of another page carries no files', () => {
    expect(flowStateOf(null)).toEqual({ paths: [], planId: '', strict: false });
    expect(flowStateOf({ paths: ['a', 3] }).paths).toEqual(['a']);
  });

  test('the CSV of imports has a line a file', async () => {
    const list = await createFakeBridge().imports.List();
    expect(importsCsv(list)).toHaveLength(1 + list.flatMap((info) => info.files).length);
  });
});
