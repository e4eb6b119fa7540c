import { useQueryClient } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { jobKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { JobInfo } from '../../lib/wire';
import { renderPage } from '../../test/renderPage';
import { ImportsPage } from './ImportsPage';

const user = userEvent.setup({ delay: null });

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

  test('says what is not counted, and leads to the bills of an import', async () => {
    renderPage(<Page />, { address: '/imports' });
    expect(await screen.findByText('Not counted')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Detail of import 5' }));
    expect(screen.getByRole('link', { name: 'Show the bills' })).toHaveAttribute('href', '/bills?import=5');
    await user.click(screen.getByRole('button', { name: 'Undo import 5' }));
    expect(screen.getByRole('dialog')).toHaveTextContent('They are not counted, so totals do not change.');
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
    expect(dialog).toHaveTextContent(/[\d,]+ charge lines of Google Cloud, Nov 2025 – Nov 2026, are removed from the workspace/);
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
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(undo).not.toHaveBeenCalled();
  });

  test('verifies the ledger and reports each check', async () => {
    renderPage(<Page />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify totals' }));
    expect(await screen.findByText('All totals agree.')).toBeVisible();
    expect(screen.getByText('Control totals')).toBeVisible();
  });

  test('says loudly when totals do not agree', async () => {
    const bridge = createFakeBridge();
    bridge.imports.Verify = () => Promise.resolve({ ok: false, durationMs: 5, checks: [{ name: 'Rollups', ok: false, detail: 'November 2026 differs by 0.01 USD.' }] });
    renderPage(<Page />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify totals' }));
    expect(await screen.findByText(/do not agree/)).toBeVisible();
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

  test('tells how far it is and can be cancelled and begun again', async () => {
    const bridge = createFakeBridge({ paceMs: 20, held: 'preview' });
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    const progress = await screen.findByRole('status', { name: 'Reading the files' });
    expect(await within(progress).findByText(/^[123] of 3 files$/)).toBeVisible();
    await user.click(within(progress).getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('Preview cancelled')).toBeVisible();
    expect(await bridge.jobs.List()).toMatchObject([{ kind: 'preview', state: 'cancelled' }]);
    await user.click(screen.getByRole('button', { name: 'Preview again' }));
    expect(await screen.findByRole('status', { name: 'Reading the files' })).toBeVisible();
    await waitFor(async () => expect(await bridge.jobs.List()).toMatchObject([{ state: 'cancelled' }, { kind: 'preview', state: 'running' }]));
  });

  test('of a page that was left ends', async () => {
    const bridge = createFakeBridge({ paceMs: 20, held: 'preview' });
    const { unmount } = renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await screen.findByText(/^[123] of 3 files$/);
    unmount();
    await waitFor(async () => expect(await bridge.jobs.List()).toMatchObject([{ kind: 'preview', state: 'cancelled' }]));
  });

  test('tells what each file is, what is left out and why', async () => {
    renderPage(<Page paths={files} />, { address: '/imports' });
    expect(await screen.findByRole('region', { name: 'focus.csv' })).toHaveTextContent('The header has all mandatory columns of FOCUS 1.2.');
    expect(screen.getByRole('region', { name: 'known.csv' })).toHaveTextContent('Already imported');
    expect(screen.getByRole('region', { name: 'Not billing files' })).toHaveTextContent('broken.csvThe first line is not a header of any known billing format.');
    expect(screen.getByRole('grid', { name: 'First lines of focus.csv' })).toBeInTheDocument();
  });

  test('imports only the new files, and strictly when asked to', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('switch', { name: /Stop at the first bad line/ }));
    await user.click(screen.getByRole('button', { name: 'Import 1 file' }));
    expect(start).toHaveBeenCalledWith(expect.any(String), { strict: true, answers: [], look: true });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
    expect(screen.getByText(/Imported before: known\.csv/)).toBeVisible();
  });

  test('of known files only offers no import', async () => {
    renderPage(<Page paths={dropped('known.csv')} />, { address: '/imports' });
    expect(await screen.findByRole('button', { name: 'All files already imported' })).toBeDisabled();
  });

  test('without files offers to choose some', async () => {
    renderPage(<Page />, { address: '/imports?preview' });
    expect(await screen.findByText('No files are chosen')).toBeVisible();
  });
});

describe('an import', () => {
  test('shows skipped lines and exports them', async () => {
    const bridge = createFakeBridge();
    renderPage(<Page paths={dropped('rejects.csv')} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    await user.click(await screen.findByRole('button', { name: 'Show skipped lines' }));
    const dialog = await screen.findByRole('dialog', { name: 'Skipped lines' });
    expect((await within(dialog).findAllByText('BillingCurrency is empty.')).length).toBe(3);
    await user.click(within(dialog).getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    await waitFor(() => expect(bridge.exported).toHaveLength(1));
    const [file] = bridge.exported;
    expect(file && 'rows' in file.table ? file.table.rows[0]?.slice(0, 3) : null).toEqual(['rejects.csv', '1204', 'BillingCurrency is empty.']);
  });

  test('says what was odd in a file', async () => {
    renderPage(<Page paths={dropped('titled.csv')} />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    expect(await screen.findByText(/The names of the columns are on line 3/)).toHaveTextContent('titled.csv: The names');
  });

  test.each([
    ['Use restated.csv', 'replace'],
    ['Use both', 'add'],
  ] as const)('that overlaps asks first; "%s" starts it again', async (label, answer) => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    const files = dropped('restated.csv');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    const dialog = await screen.findByRole('dialog', { name: 'These files overlap. Which should we use?' });
    expect(dialog).toHaveTextContent('222233334444');
    expect(dialog).toHaveTextContent('Nov 2026');
    expect(within(dialog).getByRole('button', { name: 'Import' })).toBeDisabled();
    await user.click(within(dialog).getByRole('combobox', { name: 'What to use for restated.csv' }));
    await user.click(await screen.findByRole('option', { name: label }));
    await user.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(start).toHaveBeenLastCalledWith('plan-1', { strict: false, answers: [{ file: files[0], answer }], look: true });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
  });

  test('offers only the answers that can be right, and either of two files of one import to leave out', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    const files = dropped('pair-1.csv', 'pair-2.csv');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 2 files' }));
    const dialog = await screen.findByRole('dialog', { name: 'These files overlap. Which should we use?' });
    expect(dialog).toHaveTextContent('Both files list the same charges of this bill, with other amounts');
    expect(dialog).not.toHaveTextContent('Use both only if');
    await user.click(within(dialog).getByRole('combobox', { name: 'What to use for pair-2.csv' }));
    expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual(['Leave out pair-2.csv', 'Leave out pair-1.csv (in this import)']);
    await user.click(screen.getByRole('option', { name: 'Leave out pair-1.csv (in this import)' }));
    await user.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(start).toHaveBeenLastCalledWith('plan-1', { strict: false, answers: [{ file: files[0], answer: 'leave' }], look: true });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
  });

  test('can be given up while files overlap', async () => {
    renderPage(<Page paths={dropped('restated.csv')} />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel, import nothing' }));
    expect(await screen.findByRole('table', { name: 'Imports' })).toBeVisible();
  });

  test('says what is not counted and why, and keeps the warnings of its files', async () => {
    renderPage(<Page paths={dropped('older.csv', 'titled.csv')} />, { address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 2 files' }));
    expect(await screen.findByText(/12 lines not counted in AWS, .*Nov 2026\. The workspace has a later state of these charges, from focus-2025-11-to-2026-11\.csv\.gz\./)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all imports' }));
    await user.click(await screen.findByRole('button', { name: 'Detail of import 6' }));
    expect(screen.getByRole('table', { name: 'Files of import 6' })).toHaveTextContent('The names of the columns are on line 3');
  });

  test('of several files that overlap asks for each, or for all', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    const files = dropped('restated-1.csv', 'restated-2.csv', 'restated-3.csv');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 3 files' }));
    const dialog = await screen.findByRole('dialog', { name: 'These files overlap. Which should we use?' });
    await user.click(within(dialog).getByRole('combobox', { name: 'For all files' }));
    await user.click(await screen.findByRole('option', { name: 'Use the files, replace the current bills' }));
    await user.click(within(dialog).getByRole('combobox', { name: 'What to use for restated-2.csv' }));
    await user.click(await screen.findByRole('option', { name: 'Keep the current bill' }));
    await user.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(start).toHaveBeenLastCalledWith('plan-1', {
      strict: false,
      answers: [
        { file: files[0], answer: 'replace' },
        { file: files[1], answer: 'leave' },
        { file: files[2], answer: 'replace' },
      ],
      look: true,
    });
    expect(await screen.findByText(/lines? imported/)).toBeVisible();
  });

  test('of a newer export shows what changes before it replaces', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    const before = await bridge.ledger.State();
    renderPage(<Page paths={dropped('newer.csv')} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    expect(await screen.findByText('This import replaces a bill')).toBeVisible();
    expect((await bridge.ledger.State()).lines).toBe(before.lines);
    const card = screen.getByRole('region', { name: 'AWS, account aw-payer, Nov 2026' });
    const why = within(card).getByRole('table', { name: 'What became of the lines' });
    for (const name of ['New', 'Gone', 'Changed', 'Unchanged', 'Change']) expect(within(why).getByRole('rowheader', { name })).toBeInTheDocument();
    expect(within(card).getByRole('grid', { name: 'Services' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    expect(start).toHaveBeenLastCalledWith('plan-1', { strict: false, answers: [], look: false });
    expect(await screen.findByText(/lines imported/)).toBeVisible();
    expect(screen.getByRole('button', { name: /^Show what changes in AWS/ })).toBeVisible();
  });

  test('that waits can be left and found again, or dropped', async () => {
    const bridge = createFakeBridge();
    const start = vi.spyOn(bridge.imports, 'Start');
    const Leave = () => {
      const navigate = useNavigate();
      return <button onClick={() => void navigate('/imports')}>leave</button>;
    };
    renderPage(
      <>
        <Leave />
        <Page paths={dropped('newer.csv')} />
      </>,
      { bridge, address: '/imports' },
    );
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    await screen.findByText('This import replaces a bill');
    await user.click(screen.getByRole('button', { name: 'leave' }));
    expect(await screen.findByText(/Import newer\.csv would replace 1 bill of the workspace/)).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Show changes: Import newer.csv' }));
    expect(await screen.findByRole('button', { name: 'Replace' })).toBeEnabled();
    await user.click(screen.getByRole('button', { name: 'Keep the current bill' }));
    expect(await screen.findByRole('table', { name: 'Imports' })).toBeVisible();
    expect(screen.queryByText(/would replace/)).toBeNull();
    expect(start).toHaveBeenCalledTimes(1);
  });

  test('of a bill from another export counts once', async () => {
    const bridge = createFakeBridge();
    renderPage(<Page paths={dropped('twin.csv')} />, { bridge, address: '/imports' });
    const { totals } = await bridge.ledger.Ask({ metrics: ['BilledCost'], groupBy: [], where: { kind: 'all' }, from: '', to: '', grain: '', currency: '', limit: 0, sort: '' });
    await user.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    const panel = await screen.findByRole('region', { name: 'No double counting' });
    const [, counted, excluded] = within(panel).getAllByRole('row');
    expect(counted).toHaveTextContent(/Counted.*FOCUS.*focus-2025-11-to-2026-11\.csv\.gz/);
    expect(excluded).toHaveTextContent(/Not counted.*AWS Cost and Usage Report.*twin\.csv/);
    expect(within(panel).getByRole('link', { name: 'Show the bills' })).toHaveAttribute('href', '/bills');
    const after = await bridge.ledger.Ask({ metrics: ['BilledCost'], groupBy: [], where: { kind: 'all' }, from: '', to: '', grain: '', currency: '', limit: 0, sort: '' });
    expect(after.totals).toEqual(totals);
  });

  test('shows its speed and can be cancelled', async () => {
    const bridge = createFakeBridge({ paceMs: 20, held: 'import' });
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
